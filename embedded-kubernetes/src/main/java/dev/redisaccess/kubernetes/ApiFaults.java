package dev.redisaccess.kubernetes;

import dev.redisaccess.kubernetes.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Lets the API server refuse requests, delay them or close connections, for tests of its clients. By default there are
 * no faults.
 */
public final class ApiFaults {

    private static final Map<Integer, String> REASONS = Map.of(
            403, "Forbidden", 409, "Conflict", 429, "TooManyRequests", 500, "InternalError", 503, "ServiceUnavailable");

    private final Vertx vertx;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<HttpConnection, String> connections = new ConcurrentHashMap<>();

    ApiFaults(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * A request that may be hit.
     *
     * @param agent the client's User-Agent; empty text if it sent none
     */
    public record Call(String method, String path, String agent) {}

    /** What happens to a request instead; it may continue the request. */
    private interface Effect {
        void on(HttpServerRequest request, Runnable goOn);
    }

    private record Rule(Predicate<Call> which, Effect effect, AtomicInteger left) {
        private boolean takes(Call call) {
            return which.test(call) && left.getAndUpdate(times -> Math.max(0, times - 1)) > 0;
        }
    }

    /**
     * Responds with a status that reports a failure.
     *
     * @param status 403, 409, 429, 500 or 503
     * @param times how many requests are hit
     * @return ends it
     */
    public Runnable refuse(Predicate<Call> which, int status, int times) {
        String body = Json.object()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", "demanded of the embedded API server")
                .put("reason", REASONS.get(status))
                .put("code", status)
                .toString();
        return add(which, times, (request, goOn) -> request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body));
    }

    /** Responds to each only after a while. */
    public Runnable delay(Predicate<Call> which, Duration wait) {
        return add(which, Integer.MAX_VALUE, (request, goOn) -> {
            request.pause(); // what is sent meanwhile must not be lost
            vertx.setTimer(wait.toMillis(), timer -> {
                request.resume();
                goOn.run();
            });
        });
    }

    /** Closes the connection without a response, and those on which watches of the same clients run. */
    public Runnable hangUp(Set<String> agents) {
        Runnable end =
                add(call -> agents.contains(call.agent()), Integer.MAX_VALUE, (request, goOn) -> request.connection()
                        .close());
        cut(agents);
        return end;
    }

    /** Closes every connection of these clients, their watches too. They may connect again at once. */
    public void cut(Set<String> agents) {
        connections.forEach((connection, agent) -> {
            if (agents.contains(agent)) {
                connection.close();
            }
        });
    }

    private Runnable add(Predicate<Call> which, int times, Effect effect) {
        Rule rule = new Rule(which, effect, new AtomicInteger(times));
        rules.add(rule);
        return () -> rules.remove(rule);
    }

    /** Lets a request through, or applies the first rule that matches it. */
    void admit(HttpServerRequest request, Runnable serve) {
        String agent = request.headers().contains("User-Agent") ? request.getHeader("User-Agent") : "";
        if (connections.put(request.connection(), agent) == null) {
            request.connection().closeHandler(closed -> connections.remove(request.connection()));
        }
        Call call = new Call(request.method().name(), request.path(), agent);
        rules.stream()
                .filter(rule -> rule.takes(call))
                .findFirst()
                .ifPresentOrElse(rule -> rule.effect().on(request, serve), serve);
    }
}
