package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Ask once more whether it is unused, look whether its name has our mark and it is for that principal, delete, and look
 * until it is gone.
 */
final class RevokeRun extends OperationRun {

    /** If ARM still calls it Succeeded by then, it has dropped the deletion. */
    private static final Duration DROPPED = Duration.ofSeconds(60);

    private final ObjectId principal;
    private final BooleanSupplier unused;

    RevokeRun(LaneContext context, ObjectId principal, String name, BooleanSupplier unused) {
        super(context, name, context.deletes());
        this.principal = principal;
        this.unused = unused;
    }

    @Override
    OperationProgress begin() {
        if (!unused.getAsBoolean()) {
            return new OperationProgress.Done();
        }
        long askedAt = context.known().asking();
        Result<Optional<Assignment>> look = context.controlPlane().readAssignment(context.database(), name);
        if (look instanceof Result.Failed<Optional<Assignment>> failed) {
            return notTaken(failed.problem());
        }
        Optional<Assignment> found = ((Result.Ok<Optional<Assignment>>) look).value();
        boolean named = name.equalsIgnoreCase(context.mark().assignmentName(principal));
        if (!named
                || found.filter(assignment -> !context.mark().isOn(assignment)).isPresent()) {
            context.known().seen(name, found, askedAt);
            return new OperationProgress.Done();
        }
        return delete();
    }

    /** What a look does not find is deleted all the same: ARM may need a moment until it finds what it has taken. */
    private OperationProgress delete() {
        Instant since = context.clock().instant();
        Result<Boolean> answer = context.controlPlane().deleteAssignment(context.database(), name);
        if (answer instanceof Result.Failed<Boolean> failed) {
            return notTaken(failed.problem());
        }
        if (!((Result.Ok<Boolean>) answer).value()) {
            return gone();
        }
        context.known()
                .changed(
                        name,
                        context.known().named(name).map(was -> was.as(ProvisioningState.Deleting, Optional.empty())));
        return follow(since);
    }

    private OperationProgress notTaken(Problem problem) {
        return problem.reason() == Reason.AZURE_RESOURCE_NOT_FOUND ? gone() : refused(problem);
    }

    private OperationProgress gone() {
        context.known().changed(name, Optional.empty());
        return new OperationProgress.Done();
    }

    /** Whatever ARM calls it until it is gone: for us it is being deleted. */
    @Override
    void record(Optional<Assignment> found, long askedAt) {
        if (found.isEmpty()) {
            context.known().changed(name, found);
        }
    }

    @Override
    OperationProgress absent(Polling looks) {
        context.known().changed(name, Optional.empty());
        return ended(looks);
    }

    @Override
    OperationProgress present(Assignment assignment, Polling looks) {
        ProvisioningState state = assignment.state();
        boolean dropped =
                state == ProvisioningState.Succeeded && looks.elapsed().compareTo(DROPPED) > 0;
        boolean failed = state == ProvisioningState.Failed || state == ProvisioningState.Canceled;
        if (!dropped && !failed && !looks.overdue()) {
            return looks.again();
        }
        context.known().changed(name, Optional.of(assignment));
        return new OperationProgress.Failed(Problem.of(
                Reason.ASSIGNMENT_FAILED,
                "Azure accepted the deletion of the assignment `" + name + "`, but reports it as `" + state
                        + "`. It is deleted again within a minute."));
    }

    @Override
    boolean goneIsDone() {
        return true;
    }
}
