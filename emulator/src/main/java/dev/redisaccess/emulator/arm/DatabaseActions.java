package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.AccessKeys;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.Operation.Kind;
import dev.redisaccess.emulator.state.RedisResources;

/** {@code POST …/databases/default/listKeys}, {@code regenerateKey} and {@code flush}. */
final class DatabaseActions {

    private final RedisResources redis;
    private final OperationLinks links;

    DatabaseActions(RedisResources redis, OperationLinks links) {
        this.redis = redis;
        this.links = links;
    }

    void addTo(Router<ArmRoute> routes) {
        new Verbs(routes, ResourceType.DATABASES)
                .post(Databases.PATH, "listKeys", this::listKeys)
                .post(Databases.PATH, "regenerateKey", this::regenerateKey)
                .post(Databases.PATH, "flush", request -> start(request, Kind.FLUSH_DATABASE));
    }

    private static ArmId database(ArmRequest request) {
        String path = request.id().text();
        return new ArmId(path.substring(0, path.lastIndexOf('/')));
    }

    private Response listKeys(ArmRequest request) {
        ArmId id = database(request);
        return redis.database(id)
                .map(Database::keys)
                .map(each -> Response.json(200, render(each)))
                .orElseThrow(() -> new ArmRefusal(ArmError.resourceNotFound(new ArmResource(id))));
    }

    private Response regenerateKey(ArmRequest request) {
        return switch (Json.text(request.body(), "keyType").orElse("")) {
            case "Primary" -> start(request, Kind.REGENERATE_PRIMARY_KEY);
            case "Secondary" -> start(request, Kind.REGENERATE_SECONDARY_KEY);
            default -> throw new ArmRefusal(ArmError.contentInvalid("keyType must be Primary or Secondary."));
        };
    }

    private Response start(ArmRequest request, Kind action) {
        ArmId id = database(request);
        if (redis.database(id).isEmpty()) {
            throw new ArmRefusal(ArmError.resourceNotFound(new ArmResource(id)));
        }
        return links.answer(request, redis.act(action, id, request.startedBy()), accepted -> Response.empty(202)
                .with("Location", links.result(request, accepted.operation())));
    }

    static ObjectNode render(AccessKeys keys) {
        return Json.object().put("primaryKey", keys.primary()).put("secondaryKey", keys.secondary());
    }
}
