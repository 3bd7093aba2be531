package dev.redisaccess.operator.binding;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All the assignments of one database, as one LIST told and our own operations changed since.
 *
 * @param readAt when the LIST was answered
 * @param assignments in ARM's order
 */
public record Inventory(Instant readAt, List<Assignment> assignments) {

    public Inventory {
        assignments = List.copyOf(assignments);
    }

    /** The assignment of a principal: ARM allows one for each. If there were two, one that Succeeded comes first. */
    public Optional<Assignment> of(ObjectId objectId) {
        Optional<ObjectId> principal = Optional.of(objectId);
        Optional<Assignment> found = Optional.empty();
        for (Assignment assignment : assignments) {
            boolean matches = assignment.objectId().equals(principal);
            if (matches && (found.isEmpty() || assignment.state() == ProvisioningState.Succeeded)) {
                found = Optional.of(assignment);
            }
        }
        return found;
    }
}
