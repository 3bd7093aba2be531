package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt at an operation: a small machine whose every step calls ARM once or twice and says when the next one is
 * due. Used by one thread at a time; only {@link #since} is read by others.
 */
abstract class OperationRun {

    final LaneContext context;
    final String name;
    private final LearnedDuration learned;
    private volatile Optional<Polling> polling = Optional.empty();
    private Optional<Duration> tookWorkFor = Optional.empty();

    OperationRun(LaneContext context, String name, LearnedDuration learned) {
        this.context = context;
        this.name = name;
        this.learned = learned;
    }

    /** Calls ARM, blocking. */
    final OperationProgress step() {
        return polling.isPresent() ? poll(polling.get()) : begin();
    }

    /** Since when ARM works on it; empty before it does. */
    final Optional<Instant> since() {
        return polling.map(Polling::since);
    }

    /** How long ARM worked on it; empty if it had nothing to do. */
    final Optional<Duration> tookWorkFor() {
        return tookWorkFor;
    }

    /** The attempt has ended, well or not. */
    final void end() {
        context.known().release(name);
    }

    /** Up to the moment when ARM has taken the operation. */
    abstract OperationProgress begin();

    /** One look at what ARM is working on: there is none of that name now. */
    abstract OperationProgress absent(Polling looks);

    /** One look at what ARM is working on. */
    abstract OperationProgress present(Assignment assignment, Polling looks);

    /** Whether "no such database" is a good end. */
    abstract boolean goneIsDone();

    final OperationProgress follow(Instant since) {
        Polling looks = new Polling(context, name, learned, since);
        polling = Optional.of(looks);
        return looks.again();
    }

    /** Back to the beginning, for what had to be awaited first. */
    final OperationProgress restart() {
        polling = Optional.empty();
        return begin();
    }

    final OperationProgress ended(Polling looks) {
        looks.ended();
        tookWorkFor = Optional.of(looks.elapsed());
        return new OperationProgress.Done();
    }

    /** ARM did not take a change. */
    final OperationProgress refused(Problem problem) {
        boolean later = problem.reason() == Reason.AZURE_THROTTLED || problem.reason() == Reason.ASSIGNMENT_FAILED;
        return later ? new OperationProgress.Held(problem) : new OperationProgress.Failed(problem);
    }

    private OperationProgress poll(Polling looks) {
        long askedAt = context.known().asking();
        Result<Optional<Assignment>> answer = context.controlPlane().readAssignment(context.database(), name);
        if (answer instanceof Result.Failed<Optional<Assignment>> failed) {
            return unanswered(failed.problem(), looks);
        }
        Optional<Assignment> found = ((Result.Ok<Optional<Assignment>>) answer).value();
        record(found, askedAt);
        return found.isPresent() ? present(found.get(), looks) : absent(looks);
    }

    /** Takes what a look saw into what is known. */
    void record(Optional<Assignment> found, long askedAt) {
        context.known().seen(name, found, askedAt);
    }

    private OperationProgress unanswered(Problem problem, Polling looks) {
        return switch (problem.reason()) {
            case AZURE_THROTTLED -> new OperationProgress.Held(problem);
            case AZURE_RESOURCE_NOT_FOUND -> {
                if (goneIsDone()) {
                    yield absent(looks);
                }
                context.known().changed(name, Optional.empty());
                yield new OperationProgress.Failed(problem);
            }
            // ARM goes on working, and a change beside it would break it: so look on, unless it lasts.
            case AZURE_UNAVAILABLE ->
                looks.overdue() ? new OperationProgress.Failed(problem) : looks.afterFailure(problem);
            default -> new OperationProgress.Failed(problem);
        };
    }
}
