package dev.redisaccess.emulator.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Roles, their assignments to principals, and the scopes. Thread-safe. */
public final class AccessControl {

    private final Map<UUID, RoleDefinition> definitions = new LinkedHashMap<>();
    private final List<RoleAssignment> assignments = new ArrayList<>();

    public AccessControl() {
        RoleDefinition.KNOWN.forEach(this::define);
    }

    public synchronized void define(RoleDefinition definition) {
        definitions.put(definition.id(), definition);
    }

    public synchronized Optional<RoleDefinition> definition(UUID id) {
        return Optional.ofNullable(definitions.get(id));
    }

    /** Removes a definition; false when there was none. */
    public synchronized boolean undefine(UUID id) {
        return definitions.remove(id) != null;
    }

    /** Removes every assignment at that scope or below it. */
    public synchronized void removeWithin(ArmId scope) {
        assignments.removeIf(each -> each.scope().isWithin(scope));
    }

    public synchronized List<RoleDefinition> definitions() {
        return List.copyOf(definitions.values());
    }

    /** Whether the role is assigned to a principal at any scope. */
    public synchronized boolean isAssigned(UUID definition) {
        return assignments.stream().anyMatch(each -> each.role().id().equals(definition));
    }

    /** Adds it; one of the same name and scope is replaced. */
    public synchronized void assign(RoleAssignment assignment) {
        remove(assignment.scope(), assignment.name());
        assignments.add(assignment);
    }

    public synchronized Optional<RoleAssignment> assignment(ArmId scope, String name) {
        return assignments.stream()
                .filter(each -> each.scope().equals(scope) && each.name().equalsIgnoreCase(name))
                .findFirst();
    }

    public synchronized List<RoleAssignment> assignments() {
        return List.copyOf(assignments);
    }

    /** False when there was none. */
    public synchronized boolean remove(ArmId scope, String name) {
        return assignments.removeIf(
                each -> each.scope().equals(scope) && each.name().equalsIgnoreCase(name));
    }

    /** Whether the principal has the action at the scope. */
    public synchronized boolean allows(String objectId, String action, ArmId target) {
        return assignments.stream().anyMatch(each -> each.allows(objectId, action, target));
    }
}
