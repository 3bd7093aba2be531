package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.http.Response;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One kind of request.
 *
 * @param type the resource type, by which api-versions are checked
 * @param action what the caller's role must allow; empty when everybody may
 * @param belowTarget whether the path's last segment is a list or an action, so that permission is needed on what contains it
 * @param options the query options that it has, such as {@code $filter}
 */
record ArmRoute(
        ResourceType type,
        Optional<String> action,
        boolean belowTarget,
        Set<String> options,
        Function<ArmRequest, Response> handler) {

    /** A request that everybody may make. */
    static ArmRoute open(ResourceType type, Function<ArmRequest, Response> handler, String... options) {
        return new ArmRoute(type, Optional.empty(), false, Set.of(options), handler);
    }
}
