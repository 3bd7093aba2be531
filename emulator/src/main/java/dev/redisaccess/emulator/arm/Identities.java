package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.emulator.state.StoredFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code Microsoft.ManagedIdentity/userAssignedIdentities}. */
final class Identities {

    static final String PATH = "/subscriptions/{subscription}/resourceGroups/{group}"
            + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{identity}";

    private static final Writable WRITABLE = new Writable(
            Map.of("isolationScope", Writable.Rule.oneOf("None", "Regional")),
            Set.of("tenantId", "principalId", "clientId"));

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
                .patch(PATH, this::patch)
                .delete(PATH, this::delete);
    }

    private Response list(ArmRequest request) {
        ArmId scope = request.groupOrSubscription();
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
        JsonNode body = request.body();
        String location = Locations.required(body);
        Optional<ManagedIdentity> before = state.directory().identity(request.id());
        before.ifPresent(each -> Locations.requireSame(each.id(), each.location(), location));
        ManagedIdentity identity = before.orElseGet(() -> new ManagedIdentity(
                request.id(),
                location,
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                List.of()));
        return keep(identity, Tags.in(body).orElse(Map.of()), body); // 200 was also recorded for a new identity
    }

    private Response patch(ArmRequest request) {
        JsonNode body = request.body();
        ManagedIdentity before = state.directory()
                .identity(request.id())
                .orElseThrow(() -> new ArmRefusal(ArmError.resourceNotFound(new ArmResource(request.id()))));
        Json.text(body, "location").ifPresent(each -> Locations.requireSame(before.id(), before.location(), each));
        return keep(before, Tags.in(body).orElse(before.tags()), body);
    }

    private Response keep(ManagedIdentity identity, Map<String, String> tags, JsonNode body) {
        StoredFields kept = identity.kept().and(WRITABLE.read(body.path("properties")));
        ManagedIdentity written = new ManagedIdentity(
                identity.id(),
                identity.location(),
                identity.clientId(),
                identity.objectId(),
                identity.federatedCredentials(),
                tags,
                kept);
        state.directory().put(written);
        return Response.json(200, render(written));
    }

    private Response delete(ArmRequest request) {
        return Response.empty(state.directory().remove(request.id()) ? 200 : 204);
    }

    private ObjectNode render(ManagedIdentity identity) {
        ObjectNode body = Json.object();
        body.put("location", identity.location());
        Tags.render(body, identity.tags());
        body.put("id", identity.id().text());
        body.put("name", identity.id().name());
        body.put("type", ResourceType.IDENTITIES.typeName());
        ObjectNode properties = body.putObject("properties");
        properties
                .put("tenantId", state.tenantId())
                .put("principalId", identity.objectId())
                .put("clientId", identity.clientId());
        identity.kept().fields().forEach(properties::set);
        return body;
    }
}
