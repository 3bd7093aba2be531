package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Directory;
import dev.redisaccess.emulator.state.FederatedCredential;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code …/userAssignedIdentities/federatedIdentityCredentials}. They are in effect from the next token request on. */
final class FederatedCredentials {

    private static final String PATH = Identities.PATH + "/federatedIdentityCredentials/{credential}";
    private static final int MOST = 20;

    /** A credential with {@code claimsMatchingExpression} is refused with that name: only exact subjects are compared. */
    private static final Writable WRITABLE = new Writable(
            Map.of(
                    "issuer", Writable.Rule.text(),
                    "subject", Writable.Rule.text(),
                    "audiences", Writable.Rule.list()),
            Set.of());

    private final Directory directory;
    private final Pages pages;

    FederatedCredentials(Directory directory, Pages pages) {
        this.directory = directory;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        new Verbs(routes, ResourceType.FEDERATED_CREDENTIALS)
                .list(Identities.PATH + "/federatedIdentityCredentials", this::list, "$top")
                .get(PATH, this::get)
                .put(PATH, this::put)
                .delete(PATH, this::delete);
    }

    private Response list(ArmRequest request) {
        String path = request.id().text();
        ArmId identity = new ArmId(path.substring(0, path.lastIndexOf('/')));
        return pages.of(
                request,
                credentials(identity).stream()
                        .map(credential -> render(identity, credential))
                        .toList());
    }

    private Response get(ArmRequest request) {
        ArmId identity = request.id().parent();
        return credentials(identity).stream()
                .filter(each -> each.name().equalsIgnoreCase(request.id().name()))
                .findFirst()
                .map(credential -> Response.json(200, render(identity, credential)))
                .orElseThrow(() -> new ArmRefusal(ArmError.resourceNotFound(new ArmResource(request.id()))));
    }

    private Response put(ArmRequest request) {
        JsonNode properties = request.body().path("properties");
        WRITABLE.read(properties);
        List<String> audiences = new ArrayList<>();
        properties.path("audiences").forEach(each -> audiences.add(each.asText()));
        FederatedCredential credential = new FederatedCredential(
                request.id().name(), required(properties, "issuer"), required(properties, "subject"), audiences);
        ArmId identity = request.id().parent();
        List<FederatedCredential> others = credentials(identity).stream()
                .filter(each -> !each.name().equalsIgnoreCase(credential.name()))
                .toList();
        refuseConflict(credential, others);
        boolean created = directory.putCredential(identity, credential).orElseThrow();
        return Response.json(created ? 201 : 200, render(identity, credential));
    }

    private static void refuseConflict(FederatedCredential credential, List<FederatedCredential> others) {
        if (others.size() >= MOST) {
            throw new ArmRefusal(ArmError.provider(
                    400, "BadRequest", "Too many Federated Identity Credentials are requested: at most " + MOST + "."));
        }
        boolean same = others.stream()
                .anyMatch(each -> each.issuer().equals(credential.issuer())
                        && each.subject().equals(credential.subject()));
        if (same) {
            throw new ArmRefusal(ArmError.provider(
                    409, "Conflict", "Issuer and subject combination already exists for this Managed Identity."));
        } else if (credential.audiences().size() != 1) {
            throw new ArmRefusal(
                    ArmError.provider(400, "BadRequest", "properties.audiences must have exactly one value."));
        }
    }

    private static String required(JsonNode properties, String name) {
        return Json.text(properties, name)
                .orElseThrow(() ->
                        new ArmRefusal(ArmError.provider(400, "BadRequest", "properties." + name + " is required.")));
    }

    private Response delete(ArmRequest request) {
        return Response.empty(
                directory.removeCredential(request.id().parent(), request.id().name()) ? 200 : 204);
    }

    private List<FederatedCredential> credentials(ArmId identity) {
        return directory
                .identity(identity)
                .map(ManagedIdentity::federatedCredentials)
                .orElseThrow(() -> new ArmRefusal(ArmError.parentNotFound(identity.name())));
    }

    private static ObjectNode render(ArmId identity, FederatedCredential credential) {
        ObjectNode body = Json.object();
        body.put(
                "id",
                identity.child("federatedIdentityCredentials", credential.name())
                        .text());
        body.put("name", credential.name());
        body.put("type", ResourceType.FEDERATED_CREDENTIALS.typeName());
        ObjectNode properties = body.putObject("properties");
        properties.put("issuer", credential.issuer());
        properties.put("subject", credential.subject());
        ArrayNode audiences = properties.putArray("audiences");
        credential.audiences().forEach(audiences::add);
        return body;
    }
}
