package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.http.Response;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One kind of request.
 *
 * @param type the resource type, by which api-versions are checked
 * @param action the action that the caller's role must allow; empty if none is required
 * @param belowTarget whether the path's last segment is a list or an action, so that permission is needed on the containing resource
 * @param options the query options that it has, such as {@code $filter}
 */
record ArmRoute(
        ResourceType type,
        Optional<String> action,
        boolean belowTarget,
        Set<String> options,
        Function<ArmRequest, Response> handler) {

    /** A request that requires no role. */
    static ArmRoute open(ResourceType type, Function<ArmRequest, Response> handler, String... options) {
        return new ArmRoute(type, Optional.empty(), false, Set.of(options), handler);
    }
}
