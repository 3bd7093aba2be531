package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.port.LaneState;
import java.util.Optional;

/** (principal, inventory, lane) → {@link AssignmentPlan}. */
public final class AssignmentPlanner {

    private AssignmentPlanner() {}

    /**
     * @param principal who shall have access
     * @param inventory of the database
     * @param lane what the lane does for this principal
     * @param recorded the origin that this binding's status has
     * @param createdForPeer whether another binding of this cluster recorded that the operator created the assignment: then
     *     what is found was not there before us, and goes with the last binding
     */
    public static AssignmentPlan plan(
            ObjectId principal,
            Inventory inventory,
            LaneState lane,
            Optional<AssignmentOrigin> recorded,
            boolean createdForPeer) {
        Optional<Assignment> found = inventory.of(principal);
        if (found.isPresent() && !found.get().access().usable()) {
            return AssignmentPlan.Conflict.over(found.get());
        }
        if (lane instanceof LaneState.Queued queued) {
            return new AssignmentPlan.Wait(waiting(queued));
        }
        if (lane instanceof LaneState.Running running) {
            return new AssignmentPlan.Wait(working(running.kind()));
        }
        AssignmentOrigin origin = origin(principal, found, recorded, createdForPeer);
        // A revocation that failed may have been taken all the same: the lane looks before it says that access is
        // there.
        boolean doubtful = lane instanceof LaneState.Failed failed && failed.kind() == LaneState.Kind.REVOKE;
        if (found.isPresent() && found.get().state() == ProvisioningState.Succeeded && !doubtful) {
            return new AssignmentPlan.Keep(found.get(), origin);
        }
        if (lane instanceof LaneState.Failed failed && failed.kind() == LaneState.Kind.GRANT) {
            return new AssignmentPlan.Wait(Outcome.of(failed.problem()));
        }
        return new AssignmentPlan.Create(origin);
    }

    /** What bears another name than the one we give was made by somebody else, whatever is on record. */
    private static AssignmentOrigin origin(
            ObjectId principal,
            Optional<Assignment> found,
            Optional<AssignmentOrigin> recorded,
            boolean createdForPeer) {
        if (found.isEmpty()) {
            return AssignmentOrigin.CREATED;
        }
        if (!found.get().name().equalsIgnoreCase(Assignment.nameFor(principal))) {
            return AssignmentOrigin.ADOPTED;
        }
        return createdForPeer ? AssignmentOrigin.CREATED : recorded.orElse(AssignmentOrigin.ADOPTED);
    }

    /** What is said while it waits for its turn. Without its place in the queue: a message must not change by itself. */
    private static Outcome waiting(LaneState.Queued queued) {
        return queued.kind() == LaneState.Kind.REVOKE ? working(LaneState.Kind.REVOKE) : working(queued.kind());
    }

    private static Outcome working(LaneState.Kind kind) {
        return switch (kind) {
            case GRANT ->
                Outcome.of(
                        Reason.GRANTING_ACCESS,
                        "Azure is creating the access policy assignment, or it waits for its turn:"
                                + " a database takes one change at a time, about nine seconds each.");
            case REVOKE ->
                Outcome.of(
                        Reason.REVOKING_ACCESS,
                        "The assignment is being deleted for a former binding; it is created anew after that.");
        };
    }

    /** The outcome that is reported as soon as the lane has been asked. */
    public static Outcome granting() {
        return working(LaneState.Kind.GRANT);
    }
}
