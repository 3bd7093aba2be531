package dev.redisaccess.emulator.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The envelope of all responses of the authority. */
public final class EntraAnswers {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final int TEMPORARY = 90033;
    private static final int THROTTLED = 90055;

    private final Clock clock;

    public EntraAnswers(Clock clock) {
        this.clock = clock;
    }

    /** Adds the headers that every response has. */
    public Response envelope(Response response) {
        return response.withDefault("Cache-Control", "no-store, no-cache")
                .withDefault("Pragma", "no-cache")
                .withDefault("Expires", "-1")
                .withDefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
                .withDefault("X-Content-Type-Options", "nosniff")
                .withDefault("x-ms-request-id", UUID.randomUUID().toString())
                .withDefault("x-ms-ests-server", "2.1.0 - LOCAL ProdSlices");
    }

    /** Renders a refusal. */
    public Response error(Request request, EntraError error) {
        String trace = UUID.randomUUID().toString();
        String correlation = request.header("client-request-id")
                .orElseGet(() -> UUID.randomUUID().toString());
        String time = TIMESTAMP.format(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        ObjectNode body = Json.object();
        body.put("error", error.error());
        body.put(
                "error_description",
                "AADSTS" + error.code() + ": " + error.text() + "\r\nTrace ID: " + trace + "\r\nCorrelation ID: "
                        + correlation + "\r\nTimestamp: " + time);
        body.putArray("error_codes").add(error.code());
        body.put("timestamp", time);
        body.put("trace_id", trace);
        body.put("correlation_id", correlation);
        body.put("error_uri", request.base("https") + "/error?code=" + error.code());
        return envelope(Response.json(error.status(), body).with("x-ms-request-id", trace));
    }

    /** Renders a refusal of which only the number is given, for a fault. */
    public Response error(Request request, int code) {
        return error(request, demanded(code));
    }

    private static EntraError demanded(int code) {
        String text = "This refusal was demanded of the emulator.";
        return switch (code) {
            case 70021 ->
                EntraError.invalidClient(
                        code, "No matching federated identity record found for presented assertion. " + text);
            case 700211 ->
                EntraError.invalidClient(
                        code, "No matching federated identity record found for presented assertion issuer. " + text);
            case 700212 ->
                EntraError.invalidClient(
                        code, "No matching federated identity record found for presented assertion audience. " + text);
            case 700213 ->
                EntraError.invalidClient(
                        code, "No matching federated identity record found for presented assertion subject. " + text);
            case 700024, 700027, 50012, 7000215, 7000222, 700025 -> EntraError.invalidClient(code, text);
            case 700016, 700011, 70001 -> new EntraError(code, 400, "unauthorized_client", text);
            case 500011, 650057, 50001 -> new EntraError(code, 400, "invalid_resource", text);
            case 70011 -> new EntraError(code, 400, "invalid_scope", text);
            case 53003, 530035 -> new EntraError(code, 400, "access_denied", text);
            case THROTTLED, 50196 -> new EntraError(code, 429, "temporarily_unavailable", text);
            case TEMPORARY, 90024, 90006, 90012, 50000 ->
                new EntraError(
                        code,
                        503,
                        "temporarily_unavailable",
                        "A transient error has occurred. Please try again. " + text);
            default -> EntraError.invalidRequest(code, text);
        };
    }
}
