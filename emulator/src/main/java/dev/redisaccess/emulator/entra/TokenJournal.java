package dev.redisaccess.emulator.entra;

import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The latest access tokens that Entra issued and the assertions that it received. It is for tests that search a program's
 * logs for them, and stays in this process: no endpoint shows it. Bounded.
 */
public final class TokenJournal {

    private final int capacity;
    private final Deque<String> latest = new ArrayDeque<>();

    public TokenJournal(int capacity) {
        this.capacity = capacity;
    }

    /** A handler that returns the response of {@code next} and records the secrets of request and response. */
    public Handler recording(Handler next) {
        return request -> {
            assertion(request).ifPresent(this::add);
            Response response = next.handle(request);
            Json.parseObject(response.body())
                    .flatMap(body -> Json.text(body, "access_token"))
                    .ifPresent(this::add);
            return response;
        };
    }

    /** Oldest first. */
    public synchronized List<String> texts() {
        return List.copyOf(latest);
    }

    private static Optional<String> assertion(Request request) {
        return request.method().equals("POST")
                ? Optional.ofNullable(request.form().get("client_assertion"))
                : Optional.empty();
    }

    private synchronized void add(String secret) {
        if (latest.size() == capacity) {
            latest.removeFirst();
        }
        latest.addLast(secret);
    }

    /** Without the tokens. */
    @Override
    public synchronized String toString() {
        return "TokenJournal[" + latest.size() + "]";
    }
}
