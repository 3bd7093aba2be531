package dev.redisaccess.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.kubernetes.json.Json;
import dev.redisaccess.launcher.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The application of {@code examples/workloads/java-lettuce}, which serves HTTP and logs events of its connection. */
final class WorkloadProgram {
    private static final Pattern LISTENING = Pattern.compile("listening on port (\\d+)");
    private static final Pattern TOKEN = Pattern.compile("Token valid until (\\S+)\\.");
    private static final Pattern REFUSED = Pattern.compile("no connection to Redis: (\\S+)");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ChildProcess process;
    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /** Waits until the application listens, which it does when it has logged in. */
    WorkloadProgram(ChildProcess process, Duration limit) {
        this.process = process;
        String port = patience(limit).until("the workload to log in and to listen", () -> last(LISTENING));
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    /** The expiry times of its tokens so far, the first one first. */
    List<Instant> tokens() {
        return found(TOKEN).stream()
                .map(end -> OffsetDateTime.parse(end).toInstant())
                .toList();
    }

    /** Why its last attempt to connect failed: an error of Redis such as {@code WRONGPASS}, or a class of exceptions. */
    Optional<String> refusal() {
        return last(REFUSED);
    }

    private Optional<String> last(Pattern pattern) {
        List<String> found = found(pattern);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    private List<String> found(Pattern pattern) {
        return pattern.matcher(String.join("\n", process.lines()))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The number of its connection to Redis; empty if a command fails. */
    Optional<Long> connection() {
        JsonNode health =
                response(HttpRequest.newBuilder(base.resolve("/health")).GET());
        return Optional.of(health)
                .filter(response -> response.path("redis_connected").asBoolean())
                .map(response -> response.path("redis_connection_id").asLong());
    }

    /** Increments a counter in Redis and returns it; 0 if that fails. */
    int visit() {
        return response(HttpRequest.newBuilder(base.resolve("/visits/home")).POST(HttpRequest.BodyPublishers.noBody()))
                .path("visits")
                .asInt();
    }

    private JsonNode response(HttpRequest.Builder request) {
        try {
            return Json.parseObject(http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted");
        }
    }

    /** A wait that also ends when the application ends. */
    Patience patience(Duration limit) {
        return new Patience("workload", limit, List.of(process));
    }

    StepFailure failure(String message) {
        return patience(Duration.ZERO).failure(message);
    }
}
