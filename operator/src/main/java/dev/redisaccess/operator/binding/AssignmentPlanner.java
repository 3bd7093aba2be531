package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;

/** (principal, inventory, lane) → {@link AssignmentPlan}. */
public final class AssignmentPlanner {

    private AssignmentPlanner() {}

    /**
     * @param principal the identity that is to have access
     * @param wanted how much access
     * @param inventory of the database
     * @param lane what the lane does for this principal
     * @param mark of this installation
     */
    public static AssignmentPlan plan(
            ObjectId principal, WantedAccess wanted, Inventory inventory, LaneState lane, OwnerMark mark) {
        GrantDecision decision = GrantDecision.of(principal, wanted, inventory, mark);
        if (decision instanceof GrantDecision.Conflict conflict) {
            return new AssignmentPlan.Conflict(conflict.problem());
        }
        if (lane instanceof LaneState.Pending pending) {
            return new AssignmentPlan.Wait(working(pending.kind()));
        }
        // ARM may have accepted a revocation or a change of the access that failed: the lane reads the assignment
        // before
        // access counts as granted.
        boolean doubtful = lane instanceof LaneState.Failed failed
                && (failed.kind() == LaneState.Kind.REVOKE || wanted.mayHaveBeenAnother());
        if (decision instanceof GrantDecision.Keep keep && !doubtful) {
            return new AssignmentPlan.Keep(keep.assignment(), keep.origin());
        }
        if (lane instanceof LaneState.Failed failed && failed.kind() == LaneState.Kind.GRANT) {
            return new AssignmentPlan.Wait(Finding.of(failed.problem()));
        }
        if (decision instanceof GrantDecision.Update update) {
            return new AssignmentPlan.Update(update.found());
        }
        return decision instanceof GrantDecision.AwaitOther other
                ? new AssignmentPlan.Wait(ofOther(other.assignment()))
                : new AssignmentPlan.Create();
    }

    private static Finding ofOther(Assignment other) {
        return Finding.of(
                Reason.GRANTING_ACCESS,
                "Azure reports the assignment `" + other.name()
                        + "` of this identity, which the operator did not create, as `" + other.state()
                        + "`. The operator waits for its end.");
    }

    /** Without the place in the queue: the message must not change while the state does not. */
    private static Finding working(LaneState.Kind kind) {
        return switch (kind) {
            case GRANT ->
                Finding.of(
                        Reason.GRANTING_ACCESS,
                        "Azure is writing the access policy assignment, or it is queued: a database takes one change at"
                                + " a time, about nine seconds each.");
            case REVOKE ->
                Finding.of(
                        Reason.REVOKING_ACCESS,
                        "The assignment is being deleted for a former binding; it is created again after that.");
        };
    }

    /** The finding while a grant is queued or in progress. */
    public static Finding granting() {
        return working(LaneState.Kind.GRANT);
    }
}
