package dev.redisaccess.testbed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The operator's requests to Azure, in the order of the responses. Safe for use by many threads. */
public final class AzureCalls {

    private final List<AzureCall> calls = new ArrayList<>();

    synchronized void add(AzureCall call) {
        calls.add(call);
    }

    /** Those from a moment on. */
    public synchronized List<AzureCall> since(Instant from) {
        return calls.stream().filter(call -> !call.at().isBefore(from)).toList();
    }

    /** How many there were from a moment on. */
    public synchronized long count(Instant from, Predicate<AzureCall> which) {
        return calls.stream()
                .filter(call -> !call.at().isBefore(from))
                .filter(which)
                .count();
    }

    /** The time of the first request for the binding's assignment. */
    public synchronized Optional<Instant> put(Bound bound) {
        return calls.stream()
                .filter(call -> call.isPut() && bound.isGrantedBy(call.name()))
                .map(AzureCall::at)
                .findFirst();
    }
}
