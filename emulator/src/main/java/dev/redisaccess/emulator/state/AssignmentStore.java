package dev.redisaccess.emulator.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The assignments, which of them are in effect, and the pending changes for the Redis side. Not thread-safe. */
final class AssignmentStore {

    private final Map<ArmId, Map<ArmId, Assignment>> byDatabase = new LinkedHashMap<>();
    private final Map<ArmId, Assignment> inEffect = new LinkedHashMap<>();
    private final List<DataPlaneChange> pending = new ArrayList<>();

    Optional<Assignment> find(ArmId id) {
        return Optional.ofNullable(
                byDatabase.getOrDefault(id.parent(), Map.of()).get(id));
    }

    List<Assignment> of(ArmId database) {
        return List.copyOf(byDatabase.getOrDefault(database, Map.of()).values());
    }

    void put(Assignment assignment) {
        byDatabase
                .computeIfAbsent(assignment.database(), id -> new LinkedHashMap<>())
                .put(assignment.id(), assignment);
    }

    /** Puts the assignment into effect, unless it was written again or deleted meanwhile. */
    void takeEffect(ArmId id, long revision) {
        find(id).filter(each -> each.revision() == revision).ifPresent(assignment -> {
            Assignment before = inEffect.put(id, assignment);
            if (before != null && !before.objectId().equalsIgnoreCase(assignment.objectId())) {
                enqueue(new DataPlaneChange.Revoked(before.database(), before.objectId()));
            }
            enqueue(new DataPlaneChange.Granted(
                    assignment.database(), assignment.objectId(), assignment.effectiveAccessString()));
        });
    }

    /** Removes the assignment of that id, or every assignment below it. */
    void removeWithin(ArmId id) {
        byDatabase.values().forEach(assignments -> assignments.keySet().removeIf(each -> each.isWithin(id)));
        byDatabase.values().removeIf(Map::isEmpty);
        for (ArmId each : List.copyOf(inEffect.keySet())) {
            if (each.isWithin(id)) {
                Assignment gone = inEffect.remove(each);
                enqueue(new DataPlaneChange.Revoked(gone.database(), gone.objectId()));
            }
        }
    }

    void enqueue(DataPlaneChange change) {
        pending.add(change);
    }

    List<DataPlaneChange> drain() {
        List<DataPlaneChange> changes = List.copyOf(pending);
        pending.clear();
        return changes;
    }
}
