package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.LaneState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** An operation in a lane, with all its attempts. Guarded by the lane. */
final class Operation {

    final LaneState.Kind kind;
    final ObjectId principal;
    /** Whether somebody asked for it; else the lane put it in by itself, and forgets it when it fails. */
    final boolean requested;

    private final Supplier<OperationRun> attempt;
    OperationRun run;
    /** Its place in the queue; neighbours differ by one. */
    long place;

    int attempts;
    int holds;
    Optional<Problem> problem = Optional.empty();
    Instant retryAt = Instant.MIN;
    Optional<Workers.Scheduled> retry = Optional.empty();

    Operation(LaneState.Kind kind, ObjectId principal, boolean requested, Supplier<OperationRun> attempt) {
        this.kind = kind;
        this.principal = principal;
        this.requested = requested;
        this.attempt = attempt;
    }

    void startAttempt() {
        run = attempt.get();
        retry = Optional.empty();
    }

    /**
     * ARM works on it, or has nothing to say against it.
     *
     * @param unanswered what keeps us from knowing how far it is
     */
    void goesOn(Optional<Problem> unanswered, Instant next) {
        problem = unanswered;
        retryAt = next;
        holds = 0;
    }

    void failed(Problem what, Instant next) {
        attempts++;
        problem = Optional.of(what);
        retryAt = next;
    }

    boolean sameAs(Operation other) {
        return kind == other.kind && requested == other.requested;
    }

    boolean waitsForRetry() {
        return retry.isPresent();
    }

    LaneState.Failed failure(Problem what) {
        return new LaneState.Failed(kind, what, attempts, retryAt);
    }
}
