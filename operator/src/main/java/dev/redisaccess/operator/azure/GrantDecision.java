package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.util.Optional;

/** What is to be done so that a principal has its assignment, from what ARM says now. */
enum GrantDecision {
    /** Nothing: it is there, or another one is that must not be changed. The inventory tells which. */
    LEAVE,
    /** ARM works on it: look until it has ended. */
    FOLLOW,
    /** It is being deleted: look until it is gone, then create. */
    AWAIT_REMOVAL,
    /** There is none, or one that ended as Failed: create. */
    CREATE,
    /** The name is taken by an assignment of another principal. */
    NAME_TAKEN;

    /**
     * @param named what bears the name that we would give, as ARM says at this moment
     * @param known what the inventory has for this principal, under whatever name
     */
    static GrantDecision of(Optional<Assignment> named, Optional<Assignment> known, ObjectId principal) {
        if (named.isPresent()) {
            Assignment assignment = named.get();
            if (assignment.objectId().filter(principal::equals).isEmpty()) {
                return NAME_TAKEN;
            }
            return ofOwn(assignment);
        }
        // Under another name it still is the one assignment that ARM allows for each principal.
        boolean elsewhere = known.filter(other -> !other.name().equalsIgnoreCase(Assignment.nameFor(principal)))
                .filter(other -> other.state() != ProvisioningState.Failed)
                .filter(other -> other.state() != ProvisioningState.Canceled)
                .isPresent();
        return elsewhere ? LEAVE : CREATE;
    }

    private static GrantDecision ofOwn(Assignment assignment) {
        if (!assignment.access().usable()) {
            return LEAVE;
        }
        return switch (assignment.state()) {
            case Succeeded -> LEAVE;
            case Creating, Updating, Unknown -> FOLLOW;
            case Deleting -> AWAIT_REMOVAL;
            case Failed, Canceled -> CREATE;
        };
    }
}
