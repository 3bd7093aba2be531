package dev.redisaccess.emulator.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.entra.RedisLogins.RefusedLogin;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.EmulatorClock;
import dev.redisaccess.emulator.state.Operation;

/** The state as one JSON document, without any secret. */
final class StateView {

    private final AzureState state;
    private final EmulatorClock clock;
    private final RefusedLogins refused;

    StateView(AzureState state, EmulatorClock clock, RefusedLogins refused) {
        this.state = state;
        this.clock = clock;
        this.refused = refused;
    }

    ObjectNode render() {
        ObjectNode body = Json.object();
        body.putObject("clock").put("now", clock.instant().toString()).put("frozen", clock.frozen());
        ArrayNode clusters = body.putArray("clusters");
        state.redis().clusters().forEach(each -> clusters.addObject()
                .put("id", each.id().text())
                .put("hostName", each.hostName())
                .put("state", each.state().name()));
        ArrayNode databases = body.putArray("databases");
        state.redis().databases().forEach(each -> database(databases.addObject(), each));
        ArrayNode operations = body.putArray("operationsRunning");
        state.redis().operations().stream()
                .filter(Operation::running)
                .forEach(each -> operation(operations.addObject(), each));
        ArrayNode identities = body.putArray("identities");
        state.directory().identities().forEach(each -> identities
                .addObject()
                .put("id", each.id().text())
                .put("clientId", each.clientId())
                .put("principalId", each.objectId())
                .put("federatedCredentials", each.federatedCredentials().size()));
        ArrayNode logins = body.putArray("refusedLogins");
        refused.latest().forEach(each -> login(logins.addObject(), each));
        return body;
    }

    private void database(ObjectNode body, Database database) {
        body.put("id", database.id().text())
                .put("port", database.port())
                .put("clusteringPolicy", database.clusteringPolicy())
                .put("state", database.state().name());
        ArrayNode assignments = body.putArray("assignments");
        for (Assignment each : state.redis().assignments(database.id())) {
            assignments
                    .addObject()
                    .put("name", each.id().name())
                    .put("objectId", each.objectId())
                    .put("accessString", each.effectiveAccessString())
                    .put("state", each.state().name());
        }
    }

    private static void operation(ObjectNode body, Operation operation) {
        body.put("id", operation.id().toString())
                .put("kind", operation.kind().name())
                .put("target", operation.target().text())
                .put("start", operation.start().toString());
    }

    private static void login(ObjectNode body, RefusedLogin login) {
        body.put("time", login.time().toString())
                .put("database", login.database())
                .put("user", login.user())
                .put("why", login.why());
    }
}
