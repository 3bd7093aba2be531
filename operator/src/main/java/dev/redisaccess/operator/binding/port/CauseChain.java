package dev.redisaccess.operator.binding.port;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An exception with its causes and their suppressed exceptions, by which an adapter classifies a failure.
 *
 * @param deepestFirst begins with the root cause, and ends with the exception itself; at most 64, without repetition
 */
public record CauseChain(List<Throwable> deepestFirst) {

    private static final int LIMIT = 64;

    public static CauseChain of(Throwable failure) {
        List<Throwable> found = new ArrayList<>();
        collect(failure, found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return new CauseChain(List.copyOf(found));
    }

    public List<Throwable> outermostFirst() {
        List<Throwable> reversed = new ArrayList<>(deepestFirst);
        Collections.reverse(reversed);
        return reversed;
    }

    public Throwable rootCause() {
        return deepestFirst.get(0);
    }

    /** The outermost exception of this type. */
    public <T> Optional<T> find(Class<T> type) {
        return outermostFirst().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** Whether one of them is of one of these types. */
    public boolean has(Class<?>... types) {
        return Arrays.stream(types).anyMatch(type -> find(type).isPresent());
    }

    private static void collect(Throwable failure, List<Throwable> found, Set<Throwable> visited) {
        if (failure == null || visited.size() >= LIMIT || !visited.add(failure)) {
            return;
        }
        collect(failure.getCause(), found, visited);
        for (Throwable suppressed : failure.getSuppressed()) {
            collect(suppressed, found, visited);
        }
        found.add(failure);
    }
}
