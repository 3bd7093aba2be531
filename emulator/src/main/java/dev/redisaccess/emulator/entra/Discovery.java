package dev.redisaccess.emulator.entra;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The documents that clients read before they request a token: OpenID configuration, keys, and instance discovery. */
final class Discovery {

    private static final Set<String> ANY_TENANT = Set.of("common", "organizations");

    private final String tenantId;
    private final SigningKeys keys;
    private final Resources resources;
    private final EntraAnswers answers;

    Discovery(String tenantId, SigningKeys keys, Resources resources, EntraAnswers answers) {
        this.tenantId = tenantId;
        this.keys = keys;
        this.resources = resources;
        this.answers = answers;
    }

    Response v2(Request request, Map<String, String> path) {
        String base = request.base("https") + "/" + path.get("tenant");
        return configuration(request, path.get("tenant"), base + "/v2.0", "/oauth2/v2.0");
    }

    Response v1(Request request, Map<String, String> path) {
        return configuration(request, path.get("tenant"), "https://sts.windows.net/" + tenantId + "/", "/oauth2");
    }

    private Response configuration(Request request, String tenant, String issuer, String endpoints) {
        if (!tenant.equalsIgnoreCase(tenantId) && !ANY_TENANT.contains(tenant)) {
            return answers.error(request, EntraError.tenantNotFound(tenant));
        }
        String base = request.base("https") + "/" + tenant;
        ObjectNode body = Json.object();
        body.put("token_endpoint", base + endpoints + "/token");
        body.putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_post")
                .add("private_key_jwt");
        body.put("jwks_uri", base + "/discovery/v2.0/keys");
        body.putArray("response_modes_supported").add("query").add("fragment").add("form_post");
        body.putArray("subject_types_supported").add("pairwise");
        body.putArray("id_token_signing_alg_values_supported").add("RS256");
        body.putArray("response_types_supported").add("code").add("id_token");
        body.putArray("scopes_supported")
                .add("openid")
                .add("profile")
                .add("email")
                .add("offline_access");
        body.put("issuer", issuer);
        body.put("authorization_endpoint", base + endpoints + "/authorize");
        body.put("device_authorization_endpoint", base + "/oauth2/v2.0/devicecode");
        body.put("end_session_endpoint", base + endpoints + "/logout");
        body.put("tenant_region_scope", "NA");
        body.put("cloud_instance_name", request.header("host").orElse("localhost"));
        return answers.envelope(Response.json(200, body));
    }

    Response keys(Request request, Map<String, String> path) {
        ObjectNode body = Json.object();
        keys.published()
                .getKeys()
                .forEach(key -> body.withArray("keys").addObject().setAll(objectOf(key.toJSONObject())));
        return answers.envelope(Response.json(200, body));
    }

    private static ObjectNode objectOf(Map<String, Object> fields) {
        ObjectNode object = Json.object();
        fields.forEach((name, value) -> object.put(name, String.valueOf(value)));
        return object;
    }

    /**
     * The aliases of an authority. MSAL requests them from the public authority for an unknown one, so the
     * response is about the requested host, which must be a name of this emulator.
     */
    Response instance(Request request, Map<String, String> path) {
        String own = request.header("host").orElse("localhost");
        String host = request.parameter("authorization_endpoint")
                .flatMap(Discovery::authorityOf)
                .orElse(own);
        boolean isPublic = PublicAuthority.HOSTS.contains(host);
        if (!host.equals(own) && !resources.reaches(host) && !(isPublic && PublicAuthority.HOSTS.contains(own))) {
            return answers.error(request, EntraError.instanceUnknown());
        }
        ObjectNode body = Json.object();
        // MSAL for Python omits the port in its request; the response then has the requested host.
        String described = isPublic || host.contains(":") ? host : own;
        body.put(
                "tenant_discovery_endpoint",
                "https://" + described + "/" + tenantId + "/v2.0/.well-known/openid-configuration");
        body.put("api-version", "1.1");
        cloud(body.putArray("metadata").addObject(), isPublic ? PublicAuthority.HOSTS : List.of(host));
        return answers.envelope(Response.json(200, body));
    }

    private static void cloud(ObjectNode cloud, List<String> aliases) {
        cloud.put("preferred_network", aliases.get(0)).put("preferred_cache", aliases.get(aliases.size() > 1 ? 1 : 0));
        ArrayNode names = cloud.putArray("aliases");
        aliases.forEach(names::add);
    }

    private static Optional<String> authorityOf(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
