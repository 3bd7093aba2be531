package dev.redisaccess.emulator.state;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Every operation that was started, and the agenda of those that run. Not thread-safe. */
final class OperationStore {

    private static final int REMEMBERED = 100_000;

    private final Map<UUID, Operation> all = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Operation> eldest) {
            return size() > REMEMBERED && !eldest.getValue().running();
        }
    };
    private final Map<UUID, Operation> running = new LinkedHashMap<>();
    private final Agenda agenda;

    OperationStore(Agenda agenda) {
        this.agenda = agenda;
    }

    /** An operation to start. */
    record Plan(Operation.Kind kind, ArmId target, String location, Duration takes) {}

    Operation start(Plan plan, StartedBy by, Instant now) {
        Operation operation = new Operation(
                UUID.randomUUID(),
                plan.kind(),
                plan.target(),
                plan.location(),
                by.objectId(),
                by.fate(),
                now,
                Optional.empty(),
                Operation.Status.InProgress);
        all.put(operation.id(), operation);
        running.put(operation.id(), operation);
        if (by.fate() != OperationFate.NEVER_ENDS) {
            agenda.operationEnds(now.plus(plan.takes()), operation.id());
        }
        return operation;
    }

    /** Marks it as ended at that time; empty if it is no longer running. */
    Optional<Operation> end(UUID id, Instant at) {
        Optional<Operation> ended = Optional.ofNullable(running.remove(id)).map(operation -> operation.endedAt(at));
        ended.ifPresent(operation -> all.put(id, operation));
        return ended;
    }

    /** Ends it early. */
    void fail(UUID id, Instant at) {
        Optional.ofNullable(running.remove(id))
                .map(operation -> operation.failing().endedAt(at))
                .ifPresent(operation -> all.put(id, operation));
    }

    Optional<Operation> find(UUID id) {
        return Optional.ofNullable(all.get(id));
    }

    Optional<Operation> running(Predicate<Operation> which) {
        return running.values().stream().filter(which).findFirst();
    }

    List<Operation> all() {
        return List.copyOf(all.values());
    }
}
