package dev.redisaccess.emulator.state;

/**
 * The result of an attempt to change a resource.
 *
 * @param <T> the kind of resource
 */
public sealed interface Write<T> {

    /** An operation runs. */
    record Accepted<T>(Operation operation, T resource) implements Write<T> {}

    /** Another operation on this resource, or on the resource that contains it, runs. */
    record Busy<T>(Operation other) implements Write<T> {}

    /** Another assignment on this database is for the same principal. */
    record SamePrincipal<T>(Assignment other) implements Write<T> {}

    /** The containing resource, or the resource to delete, does not exist. */
    record Missing<T>() implements Write<T> {}
}
