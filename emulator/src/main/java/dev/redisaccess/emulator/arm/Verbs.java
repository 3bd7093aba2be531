package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import java.util.Optional;
import java.util.function.Function;

/** Adds the routes of one resource type, each with the action that a role must allow for it. */
record Verbs(Router<ArmRoute> routes, ResourceType type) {

    Verbs get(String path, Function<ArmRequest, Response> handler) {
        return add("GET", path, "read", false, handler);
    }

    Verbs put(String path, Function<ArmRequest, Response> handler) {
        return add("PUT", path, "write", false, handler);
    }

    Verbs delete(String path, Function<ArmRequest, Response> handler) {
        return add("DELETE", path, "delete", false, handler);
    }

    Verbs list(String path, Function<ArmRequest, Response> handler) {
        return add("GET", path, "read", true, handler);
    }

    private Verbs add(
            String method, String path, String verb, boolean collection, Function<ArmRequest, Response> handler) {
        routes.add(method, path, new ArmRoute(type, Optional.of(type.action(verb)), collection, handler));
        return this;
    }
}
