package dev.redisaccess.emulator.state;

/**
 * What became of an attempt to change a resource.
 *
 * @param <T> the kind of resource
 */
public sealed interface Write<T> {

    /** An operation runs. */
    record Accepted<T>(Operation operation, T resource) implements Write<T> {}

    /** Another operation on this resource, or on what contains it, runs. */
    record Busy<T>(Operation other) implements Write<T> {}

    /** Another assignment on this database names the same principal. */
    record SamePrincipal<T>(Assignment other) implements Write<T> {}

    /** What would contain the resource, or the resource to delete, is not there. */
    record Missing<T>() implements Write<T> {}
}
