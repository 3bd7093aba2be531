package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;
import java.util.Optional;

/**
 * Decides whether the access of a principal that a binding leaves is revoked, and when that is done. An assignment is
 * deleted only if its name has the mark of this installation, it is for that principal, and no other binding needs it.
 */
public final class RevocationPlanner {

    private RevocationPlanner() {}

    /**
     * What is known at the time of the decision.
     *
     * @param principal whose access the binding leaves
     * @param mark of this installation
     * @param need whether another binding needs the same access
     * @param asked whether this process has handed the deletion to the lane before
     * @param snapshot of the database; empty before the first reading
     * @param lane what the lane does for this principal
     */
    public record Situation(
            ObjectId principal,
            OwnerMark mark,
            Need need,
            boolean asked,
            Optional<DatabaseSnapshot> snapshot,
            LaneState lane) {}

    public static RevocationPlan plan(Situation situation) {
        if (situation.need() == Need.CONFIRMED) {
            return new RevocationPlan.Release("another binding needs the same access");
        }
        if (situation.snapshot().isEmpty()) {
            return waiting(Reason.READING_DATABASE, "The database is being read from Azure before access is revoked.");
        }
        DatabaseSnapshot snapshot = situation.snapshot().get();
        if (snapshot.notFound().isPresent()) {
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
                .map(inventory -> fromInventory(situation, inventory))
                .orElseGet(() -> new RevocationPlan.Wait(snapshot.problem()
                        .map(Finding::of)
                        .orElseGet(() -> Finding.of(
                                Reason.READING_DATABASE,
                                "The assignments of the database are being read from Azure."))));
    }

    private static RevocationPlan fromInventory(Situation situation, Inventory inventory) {
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
        // Azure is
        // asked once in any case; to delete what does not exist costs two requests.
        if (found.isEmpty() && situation.asked()) {
            return new RevocationPlan.Release("Azure has no such assignment");
        }
        return situation.need() == Need.UNCONFIRMED
                ? waiting(
                        Reason.RESOLVING_IDENTITY,
                        "Another binding may need the same access: its identity is confirmed before access is revoked.")
                : new RevocationPlan.Revoke(principal, name);
    }

    private static RevocationPlan waiting(Reason reason, String message) {
        return new RevocationPlan.Wait(Finding.of(reason, message));
    }
}
