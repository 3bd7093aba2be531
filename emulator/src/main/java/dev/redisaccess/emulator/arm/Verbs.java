package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Adds the routes of one resource type, each with the action that a role must allow for it. */
record Verbs(Router<ArmRoute> routes, ResourceType type) {

    Verbs get(String path, Function<ArmRequest, Response> handler) {
        return add("GET", path, "read", false, handler);
    }

    Verbs put(String path, Function<ArmRequest, Response> handler) {
        return add("PUT", path, "write", false, handler);
    }

    Verbs patch(String path, Function<ArmRequest, Response> handler) {
        return add("PATCH", path, "write", false, handler);
    }

    Verbs delete(String path, Function<ArmRequest, Response> handler) {
        return add("DELETE", path, "delete", false, handler);
    }

    /** @param options the query options, such as {@code $filter}, that the specification of this list has */
    Verbs list(String path, Function<ArmRequest, Response> handler, String... options) {
        Optional<String> action = Optional.of(type.action("read"));
        routes.add("GET", path, new ArmRoute(type, action, true, Set.of(options), handler));
        return this;
    }

    /** @param name of the action: the last segment of the path */
    Verbs post(String path, String name, Function<ArmRequest, Response> handler) {
        return add("POST", path + "/" + name, name + "/action", true, handler);
    }

    private Verbs add(
            String method, String path, String verb, boolean belowTarget, Function<ArmRequest, Response> handler) {
        Optional<String> action = Optional.of(type.action(verb));
        routes.add(method, path, new ArmRoute(type, action, belowTarget, Set.of(), handler));
        return this;
    }
}
