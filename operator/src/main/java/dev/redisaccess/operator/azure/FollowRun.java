package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.util.Optional;

/**
 * Polls a change that Azure was already working on until it has ended: one of this operator's from before a restart, or
 * another client's. It occupies the lane, because a parallel change would break both.
 */
final class FollowRun extends OperationRun {

    /** The change may never end: then the lane continues, and the next LIST reports the state. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    FollowRun(LaneContext context, Assignment assignment) {
        super(context, assignment.name(), LaneState.Kind.GRANT);
    }

    @Override
    OperationProgress begin() {
        long version = context.known().version();
        return context.controlPlane()
                .readAssignment(context.database(), name)
                .fold(found -> begin(found, version), FollowRun::progressOf);
    }

    private OperationProgress begin(Optional<Assignment> found, long version) {
        record(found, version);
        boolean moving = found.filter(assignment -> assignment.state().moving()).isPresent();
        return moving ? follow(context.now()) : new OperationProgress.Done();
    }

    /** The next LIST reports what is wrong. */
    private static OperationProgress progressOf(Problem problem) {
        return problem.reason() == Reason.AZURE_THROTTLED
                ? new OperationProgress.Held(problem)
                : new OperationProgress.Done();
    }

    @Override
    OperationProgress progressOfAbsence(Polling current) {
        return new OperationProgress.Done();
    }

    @Override
    OperationProgress progressOf(Assignment assignment, Polling current) {
        boolean moving = assignment.state().moving() && current.elapsed().compareTo(PATIENCE) < 0;
        return moving ? current.next() : new OperationProgress.Done();
    }

    @Override
    boolean isDoneWithoutDatabase() {
        return true;
    }
}
