package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Backoff;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** An operation in a lane, with all its attempts. Guarded by the lane. */
final class Operation {

    final LaneState.Kind kind;
    final ObjectId principal;

    /** The principals to report its steps for: its own, and one after which the assignment is named. */
    final Set<ObjectId> concerned;

    /** Whether a binding requested it; else the lane follows a change that it found, and drops it when that fails. */
    final boolean requested;

    private final Supplier<OperationRun> attempt;

    /** The current attempt; null before the first one. */
    OperationRun run;

    /** How often in a row the lane has waited with this attempt. */
    int holds;

    /** Of the current attempt; between attempts, of the last one. */
    Optional<Problem> problem = Optional.empty();

    Optional<Workers.Scheduled> retry = Optional.empty();

    private int repeats;
    private Optional<Problem> lastFailure = Optional.empty();
    private long differencesAtStart;

    private Operation(
            LaneState.Kind kind,
            ObjectId principal,
            Set<ObjectId> concerned,
            boolean requested,
            Supplier<OperationRun> attempt) {
        this.kind = kind;
        this.principal = principal;
        this.concerned = concerned;
        this.requested = requested;
        this.attempt = attempt;
    }

    static Operation requested(LaneState.Kind kind, ObjectId principal, Supplier<OperationRun> attempt) {
        return new Operation(kind, principal, Set.of(principal), true, attempt);
    }

    /** Follows the change of an assignment to its end. */
    static Operation following(Assignment moving, ObjectId principal, Supplier<OperationRun> attempt) {
        LaneState.Kind kind =
                moving.state() == ProvisioningState.Deleting ? LaneState.Kind.REVOKE : LaneState.Kind.GRANT;
        return new Operation(kind, principal, moving.concerned(), false, attempt);
    }

    boolean isGrant() {
        return kind == LaneState.Kind.GRANT;
    }

    boolean isSameAs(Operation other) {
        return kind == other.kind && requested == other.requested;
    }

    boolean isWaitingForRetry() {
        return retry.isPresent();
    }

    /** @param differences {@link AssignmentCache#differences} */
    void startAttempt(long differences) {
        run = attempt.get();
        retry = Optional.empty();
        differencesAtStart = differences;
    }

    /**
     * Whether it was a grant that changed nothing in Azure, and nothing on which a plan depends, or after which the access is not
     * what was written.
     */
    boolean isFruitless(long differences) {
        boolean unchanged = run.duration().isEmpty() && differences == differencesAtStart;
        return isGrant() && requested && (unchanged || run.hasMissed());
    }

    /**
     * Azure works on it.
     *
     * @param unanswered why its state is not known
     */
    void proceed(Optional<Problem> unanswered) {
        problem = unanswered;
        holds = 0;
    }

    /**
     * Ends the attempt.
     *
     * @return failures in a row for the same reason, this one included
     */
    int fail(Problem failure) {
        repeats = Backoff.repeats(lastFailure, repeats, failure);
        lastFailure = Optional.of(failure);
        problem = lastFailure;
        holds = 0;
        return repeats;
    }
}
