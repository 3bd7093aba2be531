package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.Operation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/** {@code operationsStatus} and {@code operationresults}: the state of an operation. */
final class Operations {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSxxx").withZone(ZoneOffset.UTC);

    /** While an operation runs, Azure shows an end a fraction of a second after the start. */
    private static final long MILLIS_TO_FIRST_END = 212;

    private final AzureState state;
    private final OperationLinks links;

    Operations(AzureState state, OperationLinks links) {
        this.state = state;
        this.links = links;
    }

    void addTo(Router<ArmRoute> routes) {
        routes.add(
                "GET",
                "/subscriptions/{subscription}/providers/Microsoft.Cache/locations/{location}/operationsStatus/{operation}",
                ArmRoute.open(ResourceType.REDIS_OPERATIONS, this::status));
        ArmRoute result = ArmRoute.open(ResourceType.REDIS_OPERATIONS, this::result);
        routes.add("GET", Clusters.PATH + "/operationresults/{operation}", result);
        routes.add("GET", Databases.PATH + "/operationresults/{operation}", result);
    }

    private Response status(ArmRequest request) {
        Operation operation = find(request);
        ObjectNode body = Json.object();
        body.put(
                "id",
                ArmId.subscription(request.path().get("subscription")) + "/providers/Microsoft.Cache/locations/"
                        + operation.location() + "/operationsStatus/" + operation.id());
        body.put("name", operation.id().toString());
        body.put("status", operation.status().name());
        body.put("startTime", TIME.format(operation.start()));
        Instant end = operation.ended().orElse(operation.start().plusMillis(MILLIS_TO_FIRST_END));
        body.put("endTime", TIME.format(end));
        if (operation.status() == Operation.Status.Failed) {
            body.putObject("error")
                    .put("code", "OperationFailed")
                    .put("message", "The resource operation completed with terminal provisioning state 'Failed'.");
        }
        return Response.json(200, body);
    }

    private Response result(ArmRequest request) {
        Operation operation = find(request);
        if (operation.running()) {
            return Response.empty(202).with("Location", links.result(request, operation));
        } else if (operation.status() == Operation.Status.Failed) {
            throw new ArmRefusal(ArmError.provider(
                    409,
                    "OperationFailed",
                    "The resource operation completed with terminal provisioning state 'Failed'."));
        }
        return result(operation, request);
    }

    private Response result(Operation operation, ArmRequest request) {
        ArmId id = operation.target();
        Optional<Database> database = state.redis().database(id);
        if (operation.kind() == Operation.Kind.FLUSH_DATABASE) {
            return Response.empty(200);
        } else if (operation.kind().regeneratesKey() && database.isPresent()) {
            return Response.json(200, DatabaseActions.render(database.get().keys()));
        }
        return state.redis()
                .cluster(id)
                .map(cluster -> Clusters.render(cluster, request.apiVersion(), state.directory()))
                .or(() -> database.map(each -> Databases.render(each, request.apiVersion())))
                .map(body -> Response.json(200, body))
                .orElseGet(() -> Response.empty(204));
    }

    /** Readable by the caller that started the operation, and by every reader of the subscription. */
    private Operation find(ArmRequest request) {
        ArmId subscription = ArmId.subscription(request.path().get("subscription"));
        Operation operation = uuid(request.path().get("operation"))
                .flatMap(state.redis()::operation)
                .filter(each -> each.target().isWithin(subscription))
                .orElseThrow(() -> new ArmRefusal(ArmError.provider(
                        404,
                        "OperationNotFound",
                        "The operation '" + request.path().get("operation") + "' was not found.")));
        Caller caller = request.caller();
        String action = ResourceType.REDIS_OPERATIONS.action("read");
        if (!operation.startedBy().equalsIgnoreCase(caller.objectId())
                && !state.accessControl().allows(caller.objectId(), action, subscription)) {
            throw new ArmRefusal(
                    ArmError.notAuthorized(caller, action, request.id().text()));
        }
        return operation;
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
