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
     * @param needed whether another binding of this cluster uses the same identity on the same database
     * @param asked whether this process has handed the deletion to the lane before
     * @param snapshot what is known of the database; empty before the first reading
     * @param lane what the lane does for this principal
     */
    public static RevocationPlan plan(
            DeletionPolicy policy,
            Optional<Granted> granted,
            boolean needed,
            boolean asked,
            Optional<DatabaseSnapshot> snapshot,
            LaneState lane) {
        if (policy == DeletionPolicy.RETAIN) {
            return new RevocationPlan.Release("`spec.deletionPolicy` is Retain");
        }
        if (granted.isEmpty()) {
            return new RevocationPlan.Release("no access was granted");
        }
        if (granted.get().assignment().origin() != AssignmentOrigin.CREATED) {
            return new RevocationPlan.Release("the assignment was there before this operator");
        }
        if (needed) {
            return new RevocationPlan.Release("another binding needs the same access");
        }
        return revoke(granted.get(), asked, snapshot, lane);
    }

    private static RevocationPlan revoke(
            Granted granted, boolean asked, Optional<DatabaseSnapshot> snapshot, LaneState lane) {
        if (snapshot.isEmpty()) {
            return waiting(Reason.READING_DATABASE, "The database is being read from Azure before access is revoked.");
        }
        Optional<Problem> problem = snapshot.get().problem();
        if (problem.filter(gone -> gone.reason() == Reason.AZURE_RESOURCE_NOT_FOUND)
                .isPresent()) {
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
        boolean listed = snapshot.get()
                .inventory()
                .get()
                .of(granted.principal())
                .filter(found -> found.name().equalsIgnoreCase(name))
                .isPresent();
        // What is not in the inventory may still be there: created by a request whose answer was lost, or not listed
        // yet.
        // So Azure is asked once in any case; to delete what is not there costs nothing.
        return listed || !asked
                ? new RevocationPlan.Revoke(granted.principal(), name)
                : new RevocationPlan.Release("Azure has no such assignment");
    }

    private static RevocationPlan waiting(Reason reason, String message) {
        return new RevocationPlan.Wait(Outcome.of(reason, message));
    }

    /** What status recorded of the access. */
    public record Granted(ObjectId principal, AssignmentStatus assignment) {}
}
