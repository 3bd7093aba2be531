package dev.redisaccess.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.config.ConfigException;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.entra.SigningKeys;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.fault.Faults;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.EmulatorClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/** The control API. */
public final class Control implements Handler {

    private final EmulatorClock clock;
    private final Faults faults;
    private final RequestLog requests;
    private final SigningKeys keys;
    private final StateView view;
    private final Router<BiFunction<Request, Map<String, String>, Response>> router = new Router<>();

    public Control(
            AzureState state,
            EmulatorClock clock,
            Faults faults,
            RequestLog requests,
            SigningKeys keys,
            RefusedLogins refused,
            RedisControl redis) {
        this.clock = clock;
        this.faults = faults;
        this.requests = requests;
        this.keys = keys;
        this.view = new StateView(state, clock, refused);
        router.add("GET", "/state", (request, path) -> Response.json(200, view.render()));
        router.add("GET", "/clock", (request, path) -> clock());
        router.add("POST", "/clock", (request, path) -> setClock(request));
        router.add("GET", "/requests", (request, path) -> requests());
        router.add("DELETE", "/requests", (request, path) -> clearRequests());
        router.add("GET", "/faults", (request, path) -> faults());
        router.add("POST", "/faults", (request, path) -> addFault(request));
        router.add("DELETE", "/faults", (request, path) -> clearFaults());
        router.add("DELETE", "/faults/{id}", (request, path) -> removeFault(path.get("id")));
        router.add("POST", "/redis/faults", (request, path) -> redis.add(request));
        router.add("DELETE", "/redis/faults", (request, path) -> redis.clear(request));
        router.add("DELETE", "/redis/connections", (request, path) -> redis.cut(request));
        router.add("POST", "/operations/{id}/end", (request, path) -> end(state, path.get("id")));
        router.add("POST", "/keys/rotate", (request, path) -> rotate());
    }

    @Override
    public Response handle(Request request) {
        return router.find(request)
                .map(found -> found.target().apply(request, found.values()))
                .orElseGet(() -> error(router.knowsPath(request) ? 405 : 404, "there is no " + request));
    }

    private Response clock() {
        return Response.json(
                200, Json.object().put("now", clock.instant().toString()).put("frozen", clock.frozen()));
    }

    private Response setClock(Request request) {
        JsonNode body = request.json().orElse(Json.object());
        try {
            if (body.size() != 1) {
                return error(400, CLOCK_FORM);
            } else if (body.path("freeze").asBoolean()) {
                clock.freeze();
            } else if (body.path("resume").asBoolean()) {
                clock.resume();
            } else if (body.has("advance")) {
                clock.advance(duration(body.get("advance")));
            } else if (body.has("set")) {
                clock.set(Instant.parse(body.get("set").asText()));
            } else {
                return error(400, CLOCK_FORM);
            }
        } catch (DateTimeParseException e) {
            return error(400, CLOCK_FORM);
        }
        return clock();
    }

    private static final String CLOCK_FORM = "the body must be one of {\"freeze\": true}, {\"resume\": true},"
            + " {\"advance\": 300} (seconds, or \"PT5M\"), {\"set\": \"2030-01-01T00:00:00Z\"}";

    private static Duration duration(JsonNode value) {
        return value.isNumber()
                ? Duration.ofMillis(Math.round(value.doubleValue() * 1000))
                : Duration.parse(value.asText());
    }

    private Response requests() {
        ObjectNode body = Json.object();
        body.putArray("requests");
        for (RequestLog.Entry entry : requests.entries()) {
            body.withArray("requests")
                    .addObject()
                    .put("time", entry.time().toString())
                    .put("service", entry.service())
                    .put("method", entry.method())
                    .put("path", entry.path())
                    .put("target", entry.client().target())
                    .put("apiVersion", entry.client().apiVersion())
                    .put("userAgent", entry.client().userAgent())
                    .put("status", entry.status())
                    .put("refusal", entry.client().notEmulated() ? NotEmulated.CODE : "");
        }
        return Response.json(200, body);
    }

    private Response clearRequests() {
        requests.clear();
        return Response.empty(204);
    }

    private Response faults() {
        ObjectNode body = Json.object();
        body.putArray("faults");
        for (Faults.Active active : faults.active()) {
            body.withArray("faults").add(FaultView.render(active));
        }
        return Response.json(200, body);
    }

    private Response addFault(Request request) {
        try {
            String text = new String(request.body(), StandardCharsets.UTF_8);
            int id = faults.add(ConfigFile.parse(text, FaultRule.class, "fault"));
            return Response.json(201, Json.object().put("id", id));
        } catch (ConfigException e) {
            return error(400, e.getMessage());
        }
    }

    private Response clearFaults() {
        faults.clear();
        return Response.empty(204);
    }

    private Response removeFault(String id) {
        boolean removed = id.matches("\\d{1,9}") && faults.remove(Integer.parseInt(id));
        return removed ? Response.empty(204) : error(404, "there is no fault " + id);
    }

    private static Response end(AzureState state, String id) {
        boolean ended = id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                && state.redis().endNow(UUID.fromString(id));
        return ended ? Response.empty(204) : error(404, "there is no operation " + id + " that runs");
    }

    private Response rotate() {
        keys.rotate();
        return Response.empty(204);
    }

    private static Response error(int status, String message) {
        return Response.json(status, Json.object().put("error", message));
    }
}
