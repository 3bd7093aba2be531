package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.http.Response;
import java.util.Optional;
import java.util.function.Function;

/**
 * One kind of request.
 *
 * @param type the resource type, by which api-versions are checked
 * @param action what the caller's role must allow; empty when everybody may
 * @param collection whether the path names a list, so that permission is needed on what contains it
 */
record ArmRoute(
        ResourceType type, Optional<String> action, boolean collection, Function<ArmRequest, Response> handler) {}
