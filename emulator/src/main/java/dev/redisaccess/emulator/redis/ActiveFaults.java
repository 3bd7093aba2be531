package dev.redisaccess.emulator.redis;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults in force; a fault replaces an earlier one of its kind. */
final class ActiveFaults {
    private final List<RedisFault> faults = new CopyOnWriteArrayList<>();

    void add(RedisFault fault) {
        faults.removeIf(earlier -> earlier.getClass() == fault.getClass());
        faults.add(fault);
    }

    void clear() {
        faults.clear();
    }

    boolean has(Class<? extends RedisFault> kind) {
        return faults.stream().anyMatch(kind::isInstance);
    }

    List<RedisFault.OfCommands> ofCommands() {
        return faults.stream()
                .filter(RedisFault.OfCommands.class::isInstance)
                .map(RedisFault.OfCommands.class::cast)
                .toList();
    }

    <F extends RedisFault> Optional<F> find(Class<F> kind) {
        return faults.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
