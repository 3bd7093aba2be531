package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;

/** (principal, inventory, lane) → {@link AssignmentPlan}. */
public final class AssignmentPlanner {

    private AssignmentPlanner() {}

    /**
     * @param principal the identity that shall have access
     * @param inventory of the database
     * @param lane what the lane does for this principal
     * @param mark of this installation
     */
    public static AssignmentPlan plan(ObjectId principal, Inventory inventory, LaneState lane, OwnerMark mark) {
        GrantDecision decision = GrantDecision.of(principal, inventory, mark);
        if (decision instanceof GrantDecision.Conflict conflict) {
            return new AssignmentPlan.Conflict(conflict.problem());
        }
        if (lane instanceof LaneState.Pending pending) {
            return new AssignmentPlan.Wait(working(pending.kind()));
        }
        // A revocation that failed may have been taken all the same: the lane looks before access counts as there.
        boolean doubtful = lane instanceof LaneState.Failed failed && failed.kind() == LaneState.Kind.REVOKE;
        if (decision instanceof GrantDecision.Keep keep && !doubtful) {
            return new AssignmentPlan.Keep(keep.assignment(), keep.origin());
        }
        if (lane instanceof LaneState.Failed failed && failed.kind() == LaneState.Kind.GRANT) {
            return new AssignmentPlan.Wait(Finding.of(failed.problem()));
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

    /** Without its place in the queue: a message must stay the same while the state does. */
    private static Finding working(LaneState.Kind kind) {
        return switch (kind) {
            case GRANT ->
                Finding.of(
                        Reason.GRANTING_ACCESS,
                        "Azure is creating the access policy assignment, or it is queued: a database takes one change at"
                                + " a time, about nine seconds each.");
            case REVOKE ->
                Finding.of(
                        Reason.REVOKING_ACCESS,
                        "The assignment is being deleted for a former binding; it is created again after that.");
        };
    }

    /** The finding that is reported as soon as the lane has been asked. */
    public static Finding granting() {
        return working(LaneState.Kind.GRANT);
    }
}
