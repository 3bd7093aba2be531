package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code Microsoft.ManagedIdentity/userAssignedIdentities}. */
final class Identities {

    static final String PATH = "/subscriptions/{subscription}/resourceGroups/{group}"
            + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{identity}";

    private final AzureState state;
    private final Pages pages;

    Identities(AzureState state, Pages pages) {
        this.state = state;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        String inSubscription =
                "/subscriptions/{subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
        new Verbs(routes, ResourceType.IDENTITIES)
                .list(PATH.substring(0, PATH.lastIndexOf('/')), this::list)
                .list(inSubscription, this::list)
                .get(PATH, this::get)
                .put(PATH, this::put)
                .delete(PATH, this::delete);
    }

    private Response list(ArmRequest request) {
        ArmId scope = request.id()
                .resourceGroupId()
                .orElse(ArmId.subscription(request.path().get("subscription")));
        return pages.of(
                request,
                state.directory().identities().stream()
                        .filter(each -> each.id().isWithin(scope))
                        .map(this::render)
                        .toList());
    }

    private Response get(ArmRequest request) {
        return state.directory()
                .identity(request.id())
                .map(identity -> Response.json(200, render(identity)))
                .orElseThrow(() -> new ArmRefusal(ArmError.resourceNotFound(new ArmResource(request.id()))));
    }

    private Response put(ArmRequest request) {
        String location = Json.text(request.body(), "location")
                .orElseThrow(() -> new ArmRefusal(ArmError.gateway(
                        400, "LocationRequired", "The location property is required for this definition.")));
        Optional<ManagedIdentity> before = state.directory().identity(request.id());
        ManagedIdentity identity = before.orElseGet(() -> new ManagedIdentity(
                request.id(),
                location,
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                List.of()));
        state.directory().put(identity);
        return Response.json(200, render(identity)); // recorded for a new identity too
    }

    private Response delete(ArmRequest request) {
        return Response.empty(state.directory().remove(request.id()) ? 200 : 204);
    }

    private ObjectNode render(ManagedIdentity identity) {
        ObjectNode body = Json.object();
        body.put("location", identity.location());
        body.putObject("tags");
        body.put("id", identity.id().text());
        body.put("name", identity.id().name());
        body.put("type", ResourceType.IDENTITIES.typeName());
        body.putObject("properties")
                .put("tenantId", state.tenantId())
                .put("principalId", identity.objectId())
                .put("clientId", identity.clientId());
        return body;
    }
}
