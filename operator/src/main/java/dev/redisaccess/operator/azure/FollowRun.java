package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Result;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks at what ARM was found to be working on, until it has ended: our own operation from before a restart, or somebody
 * else's. It takes the lane, because a change beside it would break both.
 */
final class FollowRun extends OperationRun {

    /** It may never end, and it is not ours: then the lane goes on, and the next reading tells. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    FollowRun(LaneContext context, Assignment assignment) {
        super(context, assignment.name(), context.creates());
    }

    @Override
    OperationProgress begin() {
        long askedAt = context.known().asking();
        Result<Optional<Assignment>> answer = context.controlPlane().readAssignment(context.database(), name);
        if (answer instanceof Result.Failed<Optional<Assignment>> failed) {
            // The next reading tells what is wrong.
            return failed.problem().reason() == Reason.AZURE_THROTTLED
                    ? new OperationProgress.Held(failed.problem())
                    : new OperationProgress.Done();
        }
        Optional<Assignment> found = ((Result.Ok<Optional<Assignment>>) answer).value();
        record(found, askedAt);
        boolean moving = found.filter(assignment -> assignment.state().moving()).isPresent();
        return moving ? follow(context.clock().instant()) : new OperationProgress.Done();
    }

    @Override
    OperationProgress absent(Polling looks) {
        return new OperationProgress.Done();
    }

    @Override
    OperationProgress present(Assignment assignment, Polling looks) {
        boolean go = assignment.state().moving() && looks.elapsed().compareTo(PATIENCE) < 0;
        return go ? looks.again() : new OperationProgress.Done();
    }

    @Override
    boolean goneIsDone() {
        return true;
    }
}
