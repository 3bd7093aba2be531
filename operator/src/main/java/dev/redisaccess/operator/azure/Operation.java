package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Backoff;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** An operation in a lane, with all its attempts. Guarded by the lane. */
final class Operation {

    final LaneState.Kind kind;
    final ObjectId principal;
    /** Whether somebody asked for it; else the lane put it in by itself, and forgets it when it fails. */
    final boolean requested;

    /** Those for whom its steps are news: its principal, and one after whom the assignment is named. */
    final Set<ObjectId> concerned;

    private final Supplier<OperationRun> attempt;
    OperationRun run;
    /** How often in a row the lane has waited with this attempt. */
    int holds;

    /** Of the current attempt, or of the last one until the next one runs. */
    Optional<Problem> problem = Optional.empty();

    private int repeats;
    private Optional<Problem> lastFailure = Optional.empty();
    private long newsAtStart;
    Optional<Workers.Scheduled> retry = Optional.empty();

    Operation(LaneState.Kind kind, ObjectId principal, boolean requested, Supplier<OperationRun> attempt) {
        this(kind, principal, requested, attempt, Set.of(principal));
    }

    /** @param concerned those for whom its steps are news */
    Operation(
            LaneState.Kind kind,
            ObjectId principal,
            boolean requested,
            Supplier<OperationRun> attempt,
            Set<ObjectId> concerned) {
        this.concerned = concerned;
        this.kind = kind;
        this.principal = principal;
        this.requested = requested;
        this.attempt = attempt;
    }

    /** @param news of what is known, so far */
    void startAttempt(long news) {
        run = attempt.get();
        retry = Optional.empty();
        newsAtStart = news;
    }

    /** Whether nothing that a plan looks at has changed since the attempt started. */
    boolean wasFruitless(long news) {
        return run.tookWorkFor().isEmpty() && news == newsAtStart;
    }

    /**
     * ARM works on it, or has nothing to say against it.
     *
     * @param unanswered what keeps us from knowing how far it is
     */
    void continued(Optional<Problem> unanswered) {
        problem = unanswered;
        holds = 0;
    }

    /**
     * The attempt has failed.
     *
     * @return failures in a row for the same reason, this one included
     */
    int failed(Problem what) {
        repeats = Backoff.repeats(lastFailure, repeats, what);
        lastFailure = Optional.of(what);
        problem = lastFailure;
        holds = 0;
        return repeats;
    }

    boolean sameAs(Operation other) {
        return kind == other.kind && requested == other.requested;
    }

    boolean waitsForRetry() {
        return retry.isPresent();
    }
}
