package dev.redisaccess.emulator.identity;

import dev.redisaccess.emulator.entra.AccessTokens;
import dev.redisaccess.emulator.entra.Resources;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.state.Directory;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Tokens for the managed identities of the emulator, all of which count as assigned to every machine and every app. */
public final class ManagedIdentityTokens {

    private final Directory directory;
    private final AccessTokens tokens;
    private final String tenantId;
    private final Resources resources;

    /** @param resources the resources for which tokens are issued */
    public ManagedIdentityTokens(Directory directory, AccessTokens tokens, String tenantId, Resources resources) {
        this.directory = directory;
        this.tokens = tokens;
        this.tenantId = tenantId;
        this.resources = resources;
    }

    /** The response to a request for a token. */
    sealed interface Answer {}

    record Granted(ManagedIdentity identity, String resource, AccessTokens.Issued token) implements Answer {}

    /** Azure's error response. */
    record Refused(String error, String description) implements Answer {}

    /** Reads {@code resource} and the ways to select an identity from the query. */
    Answer answer(Request request) {
        Optional<String> resource = request.parameter("resource");
        if (resource.isEmpty()) {
            return new Refused("invalid_request", "Required audience parameter not specified");
        }
        List<ManagedIdentity> chosen =
                directory.identities().stream().filter(selector(request)).toList();
        if (chosen.isEmpty()) {
            return new Refused("invalid_request", "Identity not found");
        } else if (chosen.size() > 1) {
            return new Refused(
                    "invalid_request",
                    "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity"
                            + " in the token request");
        } else if (resources.audienceFor(resource.get()).isEmpty()) {
            return new Refused(
                    "invalid_resource",
                    "AADSTS500011: The resource principal named " + resource.get()
                            + " was not found in the tenant named " + tenantId + ".");
        }
        return new Granted(
                chosen.get(0),
                resource.get(),
                tokens.issue(chosen.get(0), resource.get(), AccessTokens.ClientAuthentication.ASSERTION));
    }

    private static Predicate<ManagedIdentity> selector(Request request) {
        Optional<String> client = request.parameter("client_id");
        Optional<String> object = request.parameter("object_id").or(() -> request.parameter("principal_id"));
        Optional<String> resource = request.parameter("mi_res_id").or(() -> request.parameter("msi_res_id"));
        return identity -> client.map(identity.clientId()::equalsIgnoreCase).orElse(true)
                && object.map(identity.objectId()::equalsIgnoreCase).orElse(true)
                && resource.map(id -> identity.id().text().equalsIgnoreCase(id)).orElse(true);
    }
}
