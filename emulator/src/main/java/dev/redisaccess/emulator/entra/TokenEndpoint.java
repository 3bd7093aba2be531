package dev.redisaccess.emulator.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code POST /{tenant}/oauth2/v2.0/token} and its older form {@code /oauth2/token}, for client credentials. */
final class TokenEndpoint {

    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String DEFAULT_SUFFIX = "/.default";
    private static final Set<String> SIGN_IN_SCOPES = Set.of("openid", "profile", "offline_access");

    private final AzureState state;
    private final AccessTokens tokens;
    private final ClientAssertions assertions;
    private final Resources resources;
    private final EntraAnswers answers;

    TokenEndpoint(
            AzureState state,
            AccessTokens tokens,
            ClientAssertions assertions,
            Resources resources,
            EntraAnswers answers) {
        this.state = state;
        this.tokens = tokens;
        this.assertions = assertions;
        this.resources = resources;
        this.answers = answers;
    }

    /** The current form, with the resource in {@code scope}. */
    Response v2(Request request, Map<String, String> path) {
        return serve(request, path.get("tenant"), false);
    }

    /** The older form, with the resource in {@code resource}. */
    Response v1(Request request, Map<String, String> path) {
        return serve(request, path.get("tenant"), true);
    }

    private Response serve(Request request, String tenant, boolean v1) {
        Map<String, String> form = request.form();
        Optional<EntraError> refused =
                tenant(tenant).or(() -> grantType(form)).or(() -> client(form)).or(() -> resource(form, v1));
        if (refused.isPresent()) {
            return answers.error(request, refused.get());
        }
        Principal principal =
                state.directory().byClientId(form.get("client_id")).orElseThrow();
        String audience = v1 ? form.get("resource") : scopeResource(form).orElseThrow();
        AccessTokens.ClientAuthentication authentication = form.containsKey("client_assertion")
                ? AccessTokens.ClientAuthentication.ASSERTION
                : AccessTokens.ClientAuthentication.SECRET;
        return answers.envelope(render(tokens.issue(principal, audience, authentication), audience, v1));
    }

    private static Response render(AccessTokens.Issued token, String resource, boolean v1) {
        long seconds = token.lifetime().toSeconds();
        ObjectNode body = Json.object().put("token_type", "Bearer");
        if (v1) { // numbers are text here
            body.put("expires_in", Long.toString(seconds));
            body.put("ext_expires_in", Long.toString(seconds));
            body.put("expires_on", Long.toString(token.expires().getEpochSecond()));
            body.put("not_before", Long.toString(token.notBefore().getEpochSecond()));
            body.put("resource", resource);
        } else {
            body.put("expires_in", seconds);
            body.put("ext_expires_in", seconds);
        }
        return Response.json(200, body.put("access_token", token.text()));
    }

    private Optional<EntraError> tenant(String tenant) {
        return tenant.equalsIgnoreCase(state.tenantId())
                ? Optional.empty()
                : Optional.of(EntraError.tenantNotFound(tenant));
    }

    private static Optional<EntraError> grantType(Map<String, String> form) {
        String grantType = form.get("grant_type");
        if (grantType == null) {
            return Optional.of(EntraError.missingParameter("grant_type"));
        }
        return grantType.equals("client_credentials")
                ? Optional.empty()
                : Optional.of(EntraError.grantTypeUnsupported(grantType));
    }

    private Optional<EntraError> client(Map<String, String> form) {
        String clientId = form.get("client_id");
        if (clientId == null) {
            return Optional.of(EntraError.missingParameter("client_id"));
        }
        Optional<Principal> principal = state.directory().byClientId(clientId);
        if (principal.isEmpty()) {
            return Optional.of(EntraError.applicationNotFound(clientId, state.tenantId()));
        }
        if (form.containsKey("client_assertion")) {
            return JWT_BEARER.equals(form.get("client_assertion_type"))
                    ? assertions.refuse(form.get("client_assertion"), principal.get())
                    : Optional.of(EntraError.missingParameter("client_assertion_type"));
        }
        return secret(form, principal.get());
    }

    private static Optional<EntraError> secret(Map<String, String> form, Principal principal) {
        String given = form.get("client_secret");
        if (given == null) {
            return Optional.of(EntraError.credentialMissing());
        }
        return principal.secret().filter(secret -> secret.matches(given)).isPresent()
                ? Optional.empty()
                : Optional.of(EntraError.secretInvalid(principal.clientId()));
    }

    private Optional<EntraError> resource(Map<String, String> form, boolean v1) {
        String parameter = v1 ? "resource" : "scope";
        if (form.getOrDefault(parameter, "").isBlank()) {
            return Optional.of(EntraError.missingParameter(parameter));
        }
        Optional<String> requested = v1 ? Optional.of(form.get(parameter)) : scopeResource(form);
        if (requested.isEmpty()) {
            return Optional.of(EntraError.scopeInvalid(form.get(parameter)));
        }
        return resources.audienceFor(requested.get()).isPresent()
                ? Optional.empty()
                : Optional.of(EntraError.resourceNotFound(requested.get(), state.tenantId()));
    }

    /** The one resource among the scopes; MSAL puts three scopes for signing in before it. */
    private static Optional<String> scopeResource(Map<String, String> form) {
        List<String> scopes = Arrays.stream(form.get("scope").trim().split("\\s+"))
                .filter(scope -> !SIGN_IN_SCOPES.contains(scope))
                .toList();
        return scopes.size() == 1 && scopes.get(0).endsWith(DEFAULT_SUFFIX)
                ? Optional.of(scopes.get(0).substring(0, scopes.get(0).length() - DEFAULT_SUFFIX.length()))
                : Optional.empty();
    }
}
