package dev.redisaccess.systemtest.faults;

import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.kubernetes.json.Json;
import java.time.Duration;
import java.util.Map;

/** What the emulator can do to a request, by name. */
final class Actions {

    private Actions() {}

    /** ARM's form of an error. */
    static FaultAction error(int status, String code, String message) {
        return error(status, code, message, Map.of());
    }

    static FaultAction error(int status, String code, String message, Map<String, String> headers) {
        String body = "{\"error\": {\"code\": \"%s\", \"message\": \"%s\"}}".formatted(code, message);
        return new FaultAction(status, Json.parse(body), headers, 0, false, false, false, false, false, 0);
    }

    /** A successful response with another body. */
    static FaultAction body(String json) {
        return new FaultAction(200, Json.parse(json), Map.of(), 0, false, false, false, false, false, 0);
    }

    /** A status with nothing else, as a gateway gives it. */
    static FaultAction bare(int status, Map<String, String> headers) {
        return new FaultAction(status, null, headers, 0, false, false, false, false, false, 0);
    }

    static FaultAction slow(Duration delay) {
        return new FaultAction(0, null, Map.of(), delay.toMillis(), false, false, false, false, false, 0);
    }

    /** HTML with status 200. */
    static FaultAction garbage() {
        return new FaultAction(0, null, Map.of(), 0, false, true, false, false, false, 0);
    }

    /** Done, and the response is cut in its middle. */
    static FaultAction cut() {
        return new FaultAction(0, null, Map.of(), 0, true, false, false, false, false, 0);
    }

    /** Done, and no response comes. */
    static FaultAction lost() {
        return new FaultAction(0, null, Map.of(), 0, false, false, true, false, false, 0);
    }

    static FaultAction endsFailed() {
        return new FaultAction(0, null, Map.of(), 0, false, false, false, true, false, 0);
    }

    static FaultAction neverEnds() {
        return new FaultAction(0, null, Map.of(), 0, false, false, false, false, true, 0);
    }

    static FaultAction aadsts(int code) {
        return new FaultAction(0, null, Map.of(), 0, false, false, false, false, false, code);
    }
}
