package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.port.DatabaseSnapshot;
import dev.redisaccess.operator.binding.port.LaneState;
import java.util.Optional;

/** Decides whether the access of a deleted binding is taken away, and when that is done. */
public final class RevocationPlanner {

    private RevocationPlanner() {}

    /**
     * @param policy of the binding
     * @param granted the principal and the assignment that status recorded; empty: nothing was ever asked of Azure
     * @param intended whether what status recorded is but an intention: Azure was never asked to create the assignment
     * @param successor whether another binding of this cluster has the same identity on the same database
     * @param asked whether this process has handed the deletion to the lane before
     * @param snapshot what is known of the database; empty before the first reading
     * @param lane what the lane does for this principal
     */
    public static RevocationPlan plan(
            DeletionPolicy policy,
            Optional<Granted> granted,
            boolean intended,
            Successor successor,
            boolean asked,
            Optional<DatabaseSnapshot> snapshot,
            LaneState lane) {
        if (policy == DeletionPolicy.RETAIN) {
            return new RevocationPlan.Release("`spec.deletionPolicy` is Retain");
        }
        if (granted.isEmpty()) {
            return new RevocationPlan.Release("no access was granted");
        }
        String name = granted.get().assignment().name();
        boolean ours = name.equalsIgnoreCase(Assignment.nameFor(granted.get().principal()));
        if (!ours || granted.get().assignment().origin() != AssignmentOrigin.CREATED) {
            return new RevocationPlan.Release("the assignment was there before this operator");
        }
        if (successor == Successor.ON_RECORD) {
            return new RevocationPlan.Release("another binding needs the same access");
        }
        boolean busy = lane instanceof LaneState.Queued || lane instanceof LaneState.Running;
        if (intended && !busy) {
            return new RevocationPlan.Release("the assignment was not created yet");
        }
        return revoke(granted.get(), successor, asked, snapshot, lane);
    }

    private static RevocationPlan revoke(
            Granted granted, Successor successor, boolean asked, Optional<DatabaseSnapshot> snapshot, LaneState lane) {
        if (snapshot.isEmpty()) {
            return waiting(Reason.READING_DATABASE, "The database is being read from Azure before access is revoked.");
        }
        Optional<Problem> problem = snapshot.get().problem();
        if (snapshot.get().notFound().isPresent()) {
            return new RevocationPlan.Release("the database is gone, and its assignments with it");
        }
        if (lane instanceof LaneState.Queued || lane instanceof LaneState.Running) {
            return waiting(Reason.REVOKING_ACCESS, "Azure is deleting the access policy assignment.");
        }
        if (lane instanceof LaneState.Failed failed && failed.kind() == LaneState.Kind.REVOKE) {
            return new RevocationPlan.Wait(Outcome.of(failed.problem()));
        }
        if (snapshot.get().inventory().isEmpty()) {
            return new RevocationPlan.Wait(
                    problem.map(Outcome::of).orElseGet(() -> Outcome.of(Reason.READING_DATABASE, "Being read.")));
        }
        String name = granted.assignment().name();
        Optional<Assignment> found = snapshot.get()
                .inventory()
                .get()
                .of(granted.principal())
                .filter(assignment -> assignment.name().equalsIgnoreCase(name));
        if (found.isPresent() && !found.get().access().usable()) {
            return new RevocationPlan.Release("somebody else has put another assignment in its place");
        }
        if ((found.isPresent() || !asked) && successor == Successor.NOT_YET) {
            return waiting(
                    Reason.REVOKING_ACCESS,
                    "Another binding has the same access; it first takes on record that the operator created it.");
        }
        // What is not in the inventory may still be there: not listed yet, or created by a request whose answer was
        // lost. So Azure is asked once in any case; to delete what is not there costs nothing.
        return found.isPresent() || !asked
                ? new RevocationPlan.Revoke(granted.principal(), name)
                : new RevocationPlan.Release("Azure has no such assignment");
    }

    private static RevocationPlan waiting(Reason reason, String message) {
        return new RevocationPlan.Wait(Outcome.of(reason, message));
    }

    /** What status recorded of the access. */
    public record Granted(ObjectId principal, AssignmentStatus assignment) {}
}
