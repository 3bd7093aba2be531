package dev.redisaccess.operator.binding;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All the assignments of one database, as one LIST reported them and as the operator changed them since.
 *
 * @param readAt when the LIST was answered
 * @param assignments in ARM's order
 */
public record Inventory(Instant readAt, List<Assignment> assignments) {

    public Inventory {
        assignments = List.copyOf(assignments);
    }

    /** The assignment of a principal: ARM allows one for each. If there were two, one that Succeeded comes first. */
    public Optional<Assignment> of(ObjectId principal) {
        return foremost(principal, "");
    }

    /** The assignment of that name, whatever its principal. */
    public Optional<Assignment> named(String name) {
        for (Assignment assignment : assignments) {
            if (assignment.name().equalsIgnoreCase(name)) {
                return Optional.of(assignment);
            }
        }
        return Optional.empty();
    }

    /** The assignment of a principal under any other name; one that Succeeded comes first, then one that ARM works on. */
    public Optional<Assignment> of(ObjectId principal, String exceptNamed) {
        return foremost(principal, exceptNamed);
    }

    private Optional<Assignment> foremost(ObjectId objectId, String except) {
        Optional<ObjectId> principal = Optional.of(objectId);
        Optional<Assignment> found = Optional.empty();
        for (Assignment assignment : assignments) {
            boolean matches = assignment.objectId().equals(principal)
                    && !assignment.name().equalsIgnoreCase(except);
            if (matches && (found.isEmpty() || rank(assignment) < rank(found.get()))) {
                found = Optional.of(assignment);
            }
        }
        return found;
    }

    private static int rank(Assignment assignment) {
        if (assignment.state() == ProvisioningState.Succeeded) {
            return 0;
        }
        return assignment.state().moving() ? 1 : 2;
    }
}
