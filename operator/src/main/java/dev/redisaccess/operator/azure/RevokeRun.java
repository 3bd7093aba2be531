package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Verifies once more that the assignment is unused and is for the principal, deletes it, and polls until it is gone. It must
 * have the owner mark, unless it is excess: then that of another installation protects it.
 */
final class RevokeRun extends OperationRun {

    /** If Azure still reports Succeeded after this time, it has dropped the deletion. */
    private static final Duration DROPPED = Duration.ofSeconds(60);

    private final ObjectId principal;
    private final BooleanSupplier stillDue;
    private final boolean isExcess;

    RevokeRun(LaneContext context, ObjectId principal, String name, BooleanSupplier stillDue) {
        this(context, principal, name, stillDue, false);
    }

    private RevokeRun(
            LaneContext context, ObjectId principal, String name, BooleanSupplier stillDue, boolean isExcess) {
        super(context, name, LaneState.Kind.REVOKE);
        this.principal = principal;
        this.stillDue = stillDue;
        this.isExcess = isExcess;
    }

    /** Of an assignment that nothing explains. What Azure does not find is not deleted: its creator may be another client. */
    static RevokeRun ofExcess(LaneContext context, ObjectId principal, String name, BooleanSupplier stillDue) {
        return new RevokeRun(context, principal, name, stillDue, true);
    }

    @Override
    OperationProgress begin() {
        if (!stillDue.getAsBoolean()) {
            return new OperationProgress.Done();
        }
        long version = context.known().version();
        return context.controlPlane()
                .readAssignment(context.database(), name)
                .fold(found -> begin(found, version), this::notAccepted);
    }

    private OperationProgress begin(Optional<Assignment> found, long version) {
        if (!isExcess && isOwn(found)) {
            return delete();
        }
        context.known().update(name, found, version);
        // What was read may be explained by now: another client may have narrowed it since the last inventory.
        boolean excess = isExcess && found.filter(this::mayDelete).isPresent() && stillDue.getAsBoolean();
        return excess ? delete() : new OperationProgress.Done();
    }

    private boolean isOwn(Optional<Assignment> found) {
        return name.equalsIgnoreCase(context.mark().assignmentName(principal))
                && found.filter(assignment -> !context.mark().isOn(assignment)).isEmpty();
    }

    private boolean mayDelete(Assignment assignment) {
        boolean otherInstallation = OwnerMark.principalOf(assignment.name()).equals(assignment.objectId())
                && !context.mark().isOn(assignment);
        return assignment.objectId().equals(Optional.of(principal))
                && !otherInstallation
                && !assignment.state().moving();
    }

    /** Also what a GET does not find: Azure may need a moment until it finds what it has accepted. */
    private OperationProgress delete() {
        Instant since = context.now();
        return context.controlPlane()
                .deleteAssignment(context.database(), name)
                .fold(accepted -> accepted ? deleting(since) : gone(), this::notAccepted);
    }

    private OperationProgress deleting(Instant since) {
        Optional<Assignment> deleting =
                context.known().named(name).map(known -> known.as(ProvisioningState.Deleting, Optional.empty()));
        context.known().hold(name, deleting);
        return follow(since);
    }

    private OperationProgress notAccepted(Problem problem) {
        return problem.reason() == Reason.AZURE_RESOURCE_NOT_FOUND ? gone() : refusal(problem);
    }

    private OperationProgress gone() {
        context.known().hold(name, Optional.empty());
        return new OperationProgress.Done();
    }

    /** Whatever state Azure reports until the assignment is gone, it is known as Deleting. */
    @Override
    void record(Optional<Assignment> found, long version) {}

    @Override
    OperationProgress progressOfAbsence(Polling current) {
        context.known().hold(name, Optional.empty());
        return complete(current);
    }

    @Override
    OperationProgress progressOf(Assignment assignment, Polling current) {
        ProvisioningState state = assignment.state();
        boolean dropped =
                state == ProvisioningState.Succeeded && current.elapsed().compareTo(DROPPED) > 0;
        boolean failed = state == ProvisioningState.Failed || state == ProvisioningState.Canceled;
        if (!dropped && !failed && !current.isOverdue()) {
            return current.next();
        }
        context.known().hold(name, Optional.of(assignment));
        return new OperationProgress.Failed(Problem.of(
                Reason.ASSIGNMENT_FAILED,
                "Azure accepted the deletion of the assignment `" + name + "`, but now reports it as `" + state
                        + "`. It is deleted again within a minute."));
    }

    @Override
    boolean isDoneWithoutDatabase() {
        return true;
    }
}
