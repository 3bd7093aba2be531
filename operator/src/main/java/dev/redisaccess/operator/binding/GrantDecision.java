package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.Reason;
import java.util.Optional;

/**
 * What is to be done about the assignments of one principal so that it has access. The plan of a pass decides by the
 * inventory, the lane by what it has just read from ARM: with one function for both they can't disagree for ever.
 */
public sealed interface GrantDecision {

    /** The access exists. */
    record Keep(Assignment assignment, AssignmentOrigin origin) implements GrantDecision {}

    /** There is no assignment, or only one that ended as Failed with full access: the operator's assignment is to be created. */
    record Create() implements GrantDecision {}

    /** ARM is working on the operator's assignment: it is polled to the end. */
    record Follow() implements GrantDecision {}

    /** The operator's assignment is being deleted: it is polled until it is gone, then created. */
    record AwaitRemoval() implements GrantDecision {}

    /** ARM is working on an assignment that others created: its end decides. */
    record AwaitOther(Assignment assignment) implements GrantDecision {}

    /** Access that others restricted would be widened, or an assignment of others replaced: nothing is written. */
    record Conflict(Problem problem) implements GrantDecision {}

    /**
     * @param principal the identity that is to have access
     * @param inventory the assignments of the database, as last seen
     * @param mark of this installation
     */
    static GrantDecision of(ObjectId principal, Inventory inventory, OwnerMark mark) {
        String ownName = mark.assignmentName(principal);
        return of(principal, inventory.named(ownName), inventory.of(principal, ownName));
    }

    /**
     * @param own the assignment that has the name that this installation gives
     * @param other an assignment of the same principal under another name
     */
    private static GrantDecision of(ObjectId principal, Optional<Assignment> own, Optional<Assignment> other) {
        Optional<GrantDecision> foreign = other.flatMap(GrantDecision::ofSucceeded);
        boolean ownWorks = own.filter(found -> found.state() == ProvisioningState.Succeeded)
                .isPresent();
        if (foreign.isPresent() && !ownWorks) {
            return foreign.get();
        }
        return own.map(found -> ofOwn(found, principal))
                .or(() -> other.map(GrantDecision::ofOther))
                .orElseGet(Create::new);
    }

    private static Optional<GrantDecision> ofSucceeded(Assignment other) {
        if (other.state() != ProvisioningState.Succeeded) {
            return Optional.empty();
        }
        return Optional.of(
                other.access().usable() ? new Keep(other, AssignmentOrigin.ADOPTED) : new Conflict(restricted(other)));
    }

    private static GrantDecision ofOwn(Assignment own, ObjectId principal) {
        if (own.objectId().filter(principal::equals).isEmpty()) {
            return new Conflict(Problem.of(
                    Reason.ASSIGNMENT_CONFLICT,
                    "The assignment `" + own.name()
                            + "` already exists and grants access to another principal. Delete it,"
                            + " so that one for this identity can be created."));
        }
        if (!own.access().usable()) {
            return new Conflict(restricted(own));
        }
        return switch (own.state()) {
            case Succeeded -> new Keep(own, AssignmentOrigin.CREATED);
            case Creating, Updating, Unknown -> new Follow();
            case Deleting -> new AwaitRemoval();
            case Failed, Canceled -> ofFailed(own);
        };
    }

    /** ARM allows one assignment for each principal, whatever its name. */
    private static GrantDecision ofOther(Assignment other) {
        return other.state().moving() ? new AwaitOther(other) : ofFailed(other);
    }

    /** A failed assignment may be restricted: only where its access is known to be full does a PUT widen nothing. */
    private static GrantDecision ofFailed(Assignment failed) {
        return switch (failed.access().kind()) {
            case FULL -> new Create();
            case RESTRICTED -> new Conflict(restricted(failed));
            case UNKNOWN ->
                new Conflict(Problem.of(
                        Reason.ASSIGNMENT_CONFLICT,
                        "The assignment `" + failed.name() + "` ended as `" + failed.state()
                                + "`, and Azure does not show"
                                + " which access it grants, so it could be widened by writing it again. Delete it to let"
                                + " the operator grant access."));
        };
    }

    private static Problem restricted(Assignment found) {
        String state = found.state() == ProvisioningState.Succeeded ? "" : " and is `" + found.state() + "`";
        return Problem.of(
                Reason.ASSIGNMENT_CONFLICT,
                "The assignment `" + found.name() + "` of this identity grants the access `"
                        + found.access().rule() + "`"
                        + state + ". The operator did not set that access, and full access would widen it. Delete the"
                        + " assignment to let the operator grant full access, or use it without a binding.");
    }
}
