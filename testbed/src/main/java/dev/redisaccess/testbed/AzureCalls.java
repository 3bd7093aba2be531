package dev.redisaccess.testbed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the operator asked of Azure, in the order in which it was answered. Safe for use by many threads. */
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

    /** When the binding's assignment was first asked for. */
    public synchronized Optional<Instant> put(Bound bound) {
        return calls.stream()
                .filter(call -> call.isPut() && bound.isGrantedBy(call.name()))
                .map(AzureCall::at)
                .findFirst();
    }
}
