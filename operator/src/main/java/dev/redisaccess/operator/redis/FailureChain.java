package dev.redisaccess.operator.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Every throwable that hangs on one, causes and suppressed ones, deepest first: the deepest that is known decides. */
final class FailureChain {

    private static final int LIMIT = 64;

    private FailureChain() {}

    static List<Throwable> deepestFirst(Throwable failure) {
        List<Throwable> found = new ArrayList<>();
        collect(failure, found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return found;
    }

    private static void collect(Throwable failure, List<Throwable> found, Set<Throwable> seen) {
        if (failure == null || seen.size() >= LIMIT || !seen.add(failure)) {
            return;
        }
        collect(failure.getCause(), found, seen);
        for (Throwable suppressed : failure.getSuppressed()) {
            collect(suppressed, found, seen);
        }
        found.add(failure);
    }
}
