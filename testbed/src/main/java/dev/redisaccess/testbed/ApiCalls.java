package dev.redisaccess.testbed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The operator's requests to the API server, in order. Safe for use by many threads. */
public final class ApiCalls {

    private final List<ApiCall> calls = new ArrayList<>();

    synchronized void add(ApiCall call) {
        calls.add(call);
    }

    /** Those from a moment on. */
    public synchronized List<ApiCall> since(Instant from) {
        return calls.stream().filter(call -> !call.at().isBefore(from)).toList();
    }

    /** How many there were from a moment on. */
    public synchronized long count(Instant from, Predicate<ApiCall> which) {
        return calls.stream()
                .filter(call -> !call.at().isBefore(from))
                .filter(which)
                .count();
    }
}
