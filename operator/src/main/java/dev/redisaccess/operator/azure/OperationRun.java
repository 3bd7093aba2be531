package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt at an operation: a state machine whose every step calls Azure once or twice and returns when the next one is
 * due. Used by one thread at a time; {@link #hasBegun} may be called by others.
 */
abstract class OperationRun {

    final LaneContext context;
    final String name;
    private final LaneState.Kind kind;
    private volatile Optional<Polling> polling = Optional.empty();
    private Optional<Duration> duration = Optional.empty();

    /**
     * @param name of the assignment
     * @param kind whose usual duration decides when to poll
     */
    OperationRun(LaneContext context, String name, LaneState.Kind kind) {
        this.context = context;
        this.name = name;
        this.kind = kind;
    }

    /** Calls Azure, blocking. */
    final OperationProgress step() {
        return polling.isPresent() ? poll(polling.get()) : begin();
    }

    /** Whether Azure works on it. */
    final boolean hasBegun() {
        return polling.isPresent();
    }

    /** Whether Azure ended it as Succeeded, but not with what was written. */
    boolean hasMissed() {
        return false;
    }

    /** How long Azure worked on it; empty while it does, and if there was nothing to do. */
    final Optional<Duration> duration() {
        return duration;
    }

    /** Ends the attempt, whatever its result: from now on a LIST counts for the assignment again. */
    final void end() {
        context.known().release(name);
    }

    /** The steps until Azure has accepted the operation. */
    abstract OperationProgress begin();

    /** After a poll that found no assignment of this name. */
    abstract OperationProgress progressOfAbsence(Polling current);

    /** After a poll. */
    abstract OperationProgress progressOf(Assignment assignment, Polling current);

    /** Whether the operation has succeeded when the database does not exist. */
    abstract boolean isDoneWithoutDatabase();

    final OperationProgress follow(Instant since) {
        Polling started = new Polling(context, name, kind, since);
        polling = Optional.of(started);
        return started.next();
    }

    /** Begins again, after another change has ended. */
    final OperationProgress restart() {
        polling = Optional.empty();
        return begin();
    }

    final OperationProgress complete(Polling current) {
        current.learn();
        duration = Optional.of(current.elapsed());
        return new OperationProgress.Done();
    }

    /** Azure did not accept a change. */
    static OperationProgress refusal(Problem problem) {
        boolean later = problem.reason() == Reason.AZURE_THROTTLED || problem.reason() == Reason.ASSIGNMENT_FAILED;
        return later ? new OperationProgress.Held(problem) : new OperationProgress.Failed(problem);
    }

    private OperationProgress poll(Polling current) {
        long version = context.known().version();
        return context.controlPlane()
                .readAssignment(context.database(), name)
                .fold(
                        found -> {
                            record(found, version);
                            return found.map(assignment -> progressOf(assignment, current))
                                    .orElseGet(() -> progressOfAbsence(current));
                        },
                        problem -> progressOf(problem, current));
    }

    /** Updates what is known with the result of a poll. */
    void record(Optional<Assignment> found, long version) {
        context.known().update(name, found, version);
    }

    private OperationProgress progressOf(Problem problem, Polling current) {
        return switch (problem.reason()) {
            case AZURE_THROTTLED -> new OperationProgress.Held(problem);
            case AZURE_RESOURCE_NOT_FOUND -> {
                if (isDoneWithoutDatabase()) {
                    yield progressOfAbsence(current);
                }
                context.known().hold(name, Optional.empty());
                yield new OperationProgress.Failed(problem);
            }
            // Azure continues to work, and a parallel change would break both: so it is polled, unless that lasts.
            case AZURE_UNAVAILABLE ->
                current.isOverdue() ? new OperationProgress.Failed(problem) : current.afterFailure(problem);
            default -> new OperationProgress.Failed(problem);
        };
    }
}
