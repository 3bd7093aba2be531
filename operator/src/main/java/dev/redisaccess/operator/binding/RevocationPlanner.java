package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;
import java.util.Optional;

/**
 * Decides whether the access of a principal that a binding gives up is revoked, and when that is done, for every cause. An
 * assignment is deleted only if its name has the mark of this installation, it is for that principal, and no other binding
 * needs it. {@code Revoker} calls this, and hands what is due to the lane. Of access that no binding explains:
 * {@link dev.redisaccess.operator.binding.review.ExcessRevocation}.
 */
public final class RevocationPlanner {

    private RevocationPlanner() {}

    /**
     * What is known at the time of the decision.
     *
     * @param principal whose access the binding gives up
     * @param mark of this installation
     * @param need whether another binding needs the same access
     * @param handedToLane whether this process has handed the deletion to the lane before
     * @param snapshot of the database; empty before the first reading
     * @param lane what the lane does for this principal
     */
    public record Situation(
            ObjectId principal,
            OwnerMark mark,
            AccessNeed need,
            boolean handedToLane,
            Optional<DatabaseSnapshot> snapshot,
            LaneState lane) {}

    /** Decides for one principal. */
    public static RevocationPlan plan(RevocationCause cause, Situation situation) {
        Optional<Problem> notFound = situation.snapshot().flatMap(DatabaseSnapshot::notFound);
        if (notFound.isPresent() && cause != RevocationCause.DELETED) {
            // The binding stays, and the database may be found again: what is known of the access is kept until then.
            return new RevocationPlan.Wait(Finding.of(notFound.get()));
        }
        if (situation.need() == AccessNeed.CONFIRMED) {
            return new RevocationPlan.Release("another binding needs the same access");
        }
        if (situation.snapshot().isEmpty()) {
            return waiting(Reason.READING_DATABASE, "The database is being read from Azure before access is revoked.");
        }
        DatabaseSnapshot snapshot = situation.snapshot().get();
        if (notFound.isPresent()) {
            return new RevocationPlan.Release("the database is gone, and its assignments with it");
        }
        LaneState lane = situation.lane();
        if (lane instanceof LaneState.Pending) {
            return waiting(Reason.REVOKING_ACCESS, "Azure is deleting the access policy assignment.");
        }
        if (lane instanceof LaneState.Failed failed && failed.kind() == LaneState.Kind.REVOKE) {
            return new RevocationPlan.Wait(Finding.of(failed.problem()));
        }
        return snapshot.inventory()
                .map(inventory -> fromInventory(cause, situation, inventory))
                .orElseGet(() -> new RevocationPlan.Wait(snapshot.problem()
                        .map(Finding::of)
                        .orElseGet(() -> Finding.of(
                                Reason.READING_DATABASE,
                                "The assignments of the database are being read from Azure."))));
    }

    private static RevocationPlan fromInventory(RevocationCause cause, Situation situation, Inventory inventory) {
        ObjectId principal = situation.principal();
        String name = situation.mark().assignmentName(principal);
        Optional<Assignment> found = inventory.named(name);
        if (found.filter(assignment -> !situation.mark().isOn(assignment)).isPresent()) {
            return new RevocationPlan.Release("the assignment `" + name + "` grants access to another principal");
        }
        boolean others = inventory
                .of(principal, name)
                .filter(assignment -> assignment.state() == ProvisioningState.Succeeded)
                .isPresent();
        if (found.isEmpty() && others) {
            return new RevocationPlan.Release("this installation did not create the assignment");
        }
        // What is not in the inventory may exist: not listed yet, or created by a request whose answer was lost. So
        // it is deleted once in any case; to delete what does not exist costs two requests.
        if (found.isEmpty() && situation.handedToLane()) {
            return new RevocationPlan.Release("Azure has no such assignment");
        }
        return situation.need() == AccessNeed.UNCONFIRMED
                ? waiting(
                        Reason.RESOLVING_IDENTITY,
                        "Another binding may need the same access: its identity is confirmed before access is revoked.")
                : new RevocationPlan.Revoke(name, cause.revoking(principal));
    }

    private static RevocationPlan waiting(Reason reason, String message) {
        return new RevocationPlan.Wait(Finding.of(reason, message));
    }
}
