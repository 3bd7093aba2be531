package dev.redisaccess.emulator.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;

/** The token endpoint of the instance metadata service: {@code GET /metadata/identity/oauth2/token}. */
public final class InstanceMetadata implements Handler {

    private static final String PATH = "/metadata/identity/oauth2/token";

    private final ManagedIdentityTokens tokens;

    public InstanceMetadata(ManagedIdentityTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Response handle(Request request) {
        if (!request.path().equalsIgnoreCase(PATH)) {
            return NotEmulated.mark(error(404, "not_found", "The requested path is not served by the emulator"));
        } else if (!request.method().equals("GET")) {
            return error(405, "method_not_allowed", "The method is not allowed");
        } else if (!request.header("metadata").map("true"::equalsIgnoreCase).orElse(false)) {
            return error(400, "invalid_request", "Required metadata header not specified");
        } else if (!request.parameter("api-version")
                .map(version -> version.matches("\\d{4}-\\d{2}-\\d{2}"))
                .orElse(false)) {
            return error(400, "invalid_request", "Required api-version parameter not specified or not valid");
        }
        ManagedIdentityTokens.Answer answer = tokens.answer(request);
        return answer instanceof ManagedIdentityTokens.Granted granted
                ? Response.json(200, body(granted))
                : refusal((ManagedIdentityTokens.Refused) answer);
    }

    private static ObjectNode body(ManagedIdentityTokens.Granted granted) {
        String lifetime = Long.toString(granted.token().lifetime().toSeconds());
        return Json.object()
                .put("access_token", granted.token().text())
                .put("client_id", granted.identity().clientId())
                .put("expires_in", lifetime)
                .put("expires_on", Long.toString(granted.token().expires().getEpochSecond()))
                .put("ext_expires_in", lifetime)
                .put("not_before", Long.toString(granted.token().notBefore().getEpochSecond()))
                .put("resource", granted.resource())
                .put("token_type", "Bearer");
    }

    private static Response refusal(ManagedIdentityTokens.Refused refused) {
        return error(400, refused.error(), refused.description());
    }

    private static Response error(int status, String error, String description) {
        return Response.json(status, Json.object().put("error", error).put("error_description", description));
    }
}
