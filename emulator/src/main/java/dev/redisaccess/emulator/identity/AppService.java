package dev.redisaccess.emulator.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.state.Secret;

/** The token endpoint of App Service, which programs find by {@code IDENTITY_ENDPOINT} and {@code IDENTITY_HEADER}. */
public final class AppService implements Handler {

    /** The path. */
    public static final String PATH = "/msi/token";

    private final ManagedIdentityTokens tokens;
    private final Secret header;

    /** @param header the required value of {@code X-IDENTITY-HEADER} */
    public AppService(ManagedIdentityTokens tokens, Secret header) {
        this.tokens = tokens;
        this.header = header;
    }

    @Override
    public Response handle(Request request) {
        if (!request.path().equalsIgnoreCase(PATH)) {
            return NotEmulated.mark(error(404, "The requested path is not served by the emulator"));
        } else if (!request.method().equals("GET")) {
            return error(405, "The method is not allowed");
        } else if (!request.header("x-identity-header").map(header::matches).orElse(false)) {
            return error(401, "The X-IDENTITY-HEADER is missing or wrong");
        } else if (request.parameter("api-version").isEmpty()) {
            return error(400, "The api-version parameter is missing");
        }
        ManagedIdentityTokens.Answer answer = tokens.answer(request);
        return answer instanceof ManagedIdentityTokens.Granted granted
                ? Response.json(200, body(granted))
                : error(400, ((ManagedIdentityTokens.Refused) answer).description());
    }

    private static ObjectNode body(ManagedIdentityTokens.Granted granted) {
        return Json.object()
                .put("access_token", granted.token().text())
                .put("client_id", granted.identity().clientId())
                .put("expires_on", Long.toString(granted.token().expires().getEpochSecond()))
                .put("not_before", Long.toString(granted.token().notBefore().getEpochSecond()))
                .put("resource", granted.resource())
                .put("token_type", "Bearer");
    }

    private static Response error(int status, String message) {
        return Response.json(status, Json.object().put("statusCode", status).put("message", message));
    }
}
