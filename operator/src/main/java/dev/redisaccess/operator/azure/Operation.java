package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import java.time.Instant;
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
    /** Its place in the queue; neighbours differ by one. */
    long place;

    /** In a row, for the same reason: what ARM refused before for another one says nothing about this one's delay. */
    int attempts;

    int holds;
    private long newsAtStart;
    private Optional<Reason> lastFailure = Optional.empty();
    Optional<Problem> problem = Optional.empty();
    Instant retryAt = Instant.MIN;
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
    void goesOn(Optional<Problem> unanswered, Instant next) {
        problem = unanswered;
        retryAt = next;
        holds = 0;
    }

    /** Not now: another attempt follows at once when ARM admits it, so it is none of the failures that grow the delay. */
    void held(Problem what, Instant next) {
        problem = Optional.of(what);
        retryAt = next;
    }

    /** @return failures in a row for the same reason, this one included */
    int failed(Problem what) {
        boolean same = lastFailure.filter(what.reason()::equals).isPresent();
        attempts = same ? attempts + 1 : 1;
        lastFailure = Optional.of(what.reason());
        return attempts;
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
