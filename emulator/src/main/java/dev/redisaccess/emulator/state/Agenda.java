package dev.redisaccess.emulator.state;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;

/** Entries with their due time. Those of the same time keep the order in which they were added. Not thread-safe. */
final class Agenda {

    /** One entry. */
    sealed interface Entry {
        Instant at();

        long order();
    }

    record OperationEnds(Instant at, long order, UUID operation) implements Entry {}

    record AccessTakesEffect(Instant at, long order, ArmId assignment, long revision) implements Entry {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::order));
    private long lastOrder;

    void operationEnds(Instant at, UUID operation) {
        entries.add(new OperationEnds(at, ++lastOrder, operation));
    }

    void accessTakesEffect(Instant at, Assignment assignment) {
        entries.add(new AccessTakesEffect(at, ++lastOrder, assignment.id(), assignment.revision()));
    }

    /** Removes and returns the first entry that is due. */
    Optional<Entry> takeDue(Instant now) {
        return nextDue().filter(at -> !at.isAfter(now)).map(at -> entries.remove());
    }

    Optional<Instant> nextDue() {
        return Optional.ofNullable(entries.peek()).map(Entry::at);
    }
}
