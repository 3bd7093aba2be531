package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.Reason;
import java.util.Optional;

/**
 * What is to be done about the assignments of one principal so that it has access. The plan of a pass decides by the
 * inventory, the lane by what it has just read from ARM: with one function for both they can't disagree for ever.
 */
public sealed interface GrantDecision {

    /** Characters of an access string, or of Azure's words about it, in a message. */
    int LONGEST_QUOTE = 300;

    /** The access exists. */
    record Keep(Assignment assignment, AssignmentOrigin origin) implements GrantDecision {}

    /** There is no assignment, or only one that ended as Failed with full access: the operator's assignment is to be created. */
    record Create() implements GrantDecision {}

    /** The operator's assignment has another access than the wanted one, which takes its place. */
    record Update(Assignment found) implements GrantDecision {}

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
     * @param wanted how much access
     * @param inventory the assignments of the database, as last seen
     * @param mark of this installation
     */
    static GrantDecision of(ObjectId principal, WantedAccess wanted, Inventory inventory, OwnerMark mark) {
        String ownName = mark.assignmentName(principal);
        return of(principal, wanted, inventory.named(ownName), inventory.of(principal, ownName));
    }

    /**
     * @param own the assignment that has the name that this installation gives
     * @param other an assignment of the same principal under another name
     */
    private static GrantDecision of(
            ObjectId principal, WantedAccess wanted, Optional<Assignment> own, Optional<Assignment> other) {
        Optional<GrantDecision> foreign = other.flatMap(found -> ofSucceeded(found, wanted));
        boolean ownWorks = own.filter(found -> found.state() == ProvisioningState.Succeeded)
                .isPresent();
        if (foreign.isPresent() && !ownWorks) {
            return foreign.get();
        }
        return own.map(found -> ofOwn(found, principal, wanted))
                .or(() -> other.map(found -> ofOther(found, wanted)))
                .orElseGet(Create::new);
    }

    private static Optional<GrantDecision> ofSucceeded(Assignment other, WantedAccess wanted) {
        if (other.state() != ProvisioningState.Succeeded) {
            return Optional.empty();
        }
        return Optional.of(
                wanted.isGivenBy(other.access())
                        ? new Keep(other, AssignmentOrigin.ADOPTED)
                        : new Conflict(differing(other, wanted)));
    }

    private static GrantDecision ofOwn(Assignment own, ObjectId principal, WantedAccess wanted) {
        if (own.objectId().filter(principal::equals).isEmpty()) {
            return new Conflict(Problem.of(
                    Reason.ASSIGNMENT_CONFLICT,
                    "The assignment `" + own.name()
                            + "` already exists and grants access to another principal. Delete it,"
                            + " so that one for this identity can be created."));
        }
        if (!own.access().usable() && !wanted.mayReplace(own.access())) {
            return new Conflict(differing(own, wanted));
        }
        return switch (own.state()) {
            case Succeeded -> ofOwnEnded(own, wanted, new Keep(own, AssignmentOrigin.CREATED));
            case Creating, Updating, Unknown -> new Follow();
            case Deleting -> new AwaitRemoval();
            case Failed, Canceled -> ofOwnFailed(own, wanted);
        };
    }

    /** @param same the decision for one that has the wanted access */
    private static GrantDecision ofOwnEnded(Assignment own, WantedAccess wanted, GrantDecision same) {
        if (wanted.isGivenBy(own.access())) {
            return same;
        }
        // Written again, an access that Azure hides might be widened, or left full.
        return own.access().equals(Access.unknown()) ? new Conflict(hidden(own)) : new Update(own);
    }

    private static GrantDecision ofOwnFailed(Assignment own, WantedAccess wanted) {
        if (wanted.rule().isEmpty() && own.access().usable()) {
            return ofFailed(own, wanted);
        }
        GrantDecision same = own.refusal()
                .<GrantDecision>map(words -> new Conflict(refused(own, words)))
                .orElseGet(() -> new Update(own));
        return ofOwnEnded(own, wanted, same);
    }

    /** ARM allows one assignment for each principal, whatever its name. */
    private static GrantDecision ofOther(Assignment other, WantedAccess wanted) {
        return other.state().moving() ? new AwaitOther(other) : ofFailed(other, wanted);
    }

    /** A failed assignment may be restricted: only where its access is known to be full does a PUT widen nothing. */
    private static GrantDecision ofFailed(Assignment failed, WantedAccess wanted) {
        return switch (failed.access().kind()) {
            case FULL -> new Create();
            case RESTRICTED -> new Conflict(differing(failed, wanted));
            case UNKNOWN ->
                new Conflict(Problem.of(
                        Reason.ASSIGNMENT_CONFLICT,
                        "The assignment `" + failed.name() + "` ended as `" + failed.state()
                                + "`, and Azure does not show"
                                + " which access it grants, so it could be widened by writing it again. Delete it to let"
                                + " the operator grant access."));
        };
    }

    private static Problem differing(Assignment found, WantedAccess wanted) {
        String state = found.state() == ProvisioningState.Succeeded ? "" : " and is `" + found.state() + "`";
        if (found.access().kind() == Access.Kind.UNKNOWN) {
            return hidden(found);
        }
        if (wanted.rule().isPresent()) {
            return Problem.of(
                    Reason.ASSIGNMENT_CONFLICT,
                    "The assignment `" + found.name() + "` of this identity grants the access `"
                            + found.access().text() + "`" + state + ", and the profile gives `" + quoted(wanted.text())
                            + "`. The operator did not create that assignment, and does not change it. Delete it to let the"
                            + " operator grant the access of the profile.");
        }
        return Problem.of(
                Reason.ASSIGNMENT_CONFLICT,
                "The assignment `" + found.name() + "` of this identity grants the access `"
                        + found.access().text() + "`"
                        + state + ". The operator did not set that access, and full access would widen it. Delete the"
                        + " assignment to let the operator grant full access, or use it without a binding.");
    }

    private static Problem hidden(Assignment found) {
        return Problem.of(
                Reason.PREVIEW_API_REFUSED,
                "Azure does not show which access the assignment `" + found.name()
                        + "` grants, because it refuses the preview"
                        + " version of its API in this subscription. It may be more than the profile gives, so it does not"
                        + " count, and is not changed.");
    }

    private static Problem refused(Assignment own, String words) {
        return Problem.of(
                Reason.ACCESS_STRING_INVALID,
                "Azure refuses the access string `" + quoted(own.access().text()) + "`: `" + quoted(words)
                        + "`. Correct `accessString` of the access profile.");
    }

    private static String quoted(String foreign) {
        return SafeQuote.quote(foreign, LONGEST_QUOTE);
    }
}
