package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What the operator does at Azure, Entra and Redis, and for how long: the source of metrics and traces. Called on the threads
 * that do the work: must not block. Calls to outside systems that end between the start and the end of work, or of a step of an
 * operation, on the same thread belong to it.
 */
public interface Telemetry {

    /** Counts nothing. */
    Telemetry NONE = new Telemetry() {};

    /**
     * Makes a call.
     *
     * @param ended gets how long it took, and why it failed
     */
    static <T> Result<T> measured(Clock clock, Supplier<Result<T>> call, BiConsumer<Duration, Optional<Reason>> ended) {
        Instant started = clock.instant();
        Result<T> result = call.get();
        ended.accept(
                Duration.between(started, clock.instant()), result.toProblem().map(Problem::reason));
        return result;
    }

    /** The work of bindings that runs on threads of its own. */
    enum WorkKind {
        IDENTIFICATION,
        VERIFICATION
    }

    /** A call of {@link ControlPlane}. One may be several requests: the pages of a list, a retry. */
    enum AzureCall {
        READ_DATABASE,
        LIST_ASSIGNMENTS,
        READ_ASSIGNMENT,
        WRITE_ASSIGNMENT,
        DELETE_ASSIGNMENT
    }

    /** A call for the token of a workload. */
    enum TokenCall {
        /** The API server issues the ServiceAccount's token. */
        TOKEN_REQUEST,
        /** The API server decides whether the ServiceAccount may use the identity by an identity binding. */
        ACCESS_REVIEW,
        /** Entra, or the cluster's token proxy, exchanges it. */
        TOKEN_EXCHANGE
    }

    /** A pass over a binding begins. */
    default void passStarted(RedisAccessBinding binding) {}

    /** The Ready condition of a binding was written. */
    default void statusWritten(RedisAccessBinding binding, Finding ready) {}

    /** A binding is deleted, and its access revoked or kept. */
    default void released(BindingKey binding) {}

    /** Work of a binding was started on this thread, after it had waited that long for one. */
    default void workStarted(BindingKey binding, WorkKind kind, Duration waited) {}

    /** The work of this thread ended. The problem is empty if it succeeded. */
    default void workEnded(BindingKey binding, WorkKind kind, Optional<Reason> problem) {}

    /** A binding waits until its principal has access; called again in each pass until then. */
    default void grantAwaited(BindingKey binding, DatabaseId database, ObjectId principal) {}

    /** A step of an operation for this principal begins on this thread. */
    default void operationStepStarted(DatabaseId database, ObjectId principal, LaneState.Kind kind) {}

    /** The step of this thread ended; the operation continues later, or ends now. */
    default void operationStepEnded() {}

    /** An attempt at an operation ended; also if there was nothing to do. The problem is empty if it succeeded. */
    default void operationEnded(
            DatabaseId database, ObjectId principal, LaneState.Kind kind, Optional<Reason> problem) {}

    /** A call to Azure Resource Manager ended. The problem is empty if it succeeded. */
    default void azureCallEnded(AzureCall call, Duration took, Optional<Reason> problem) {}

    /** One of the calls for a token ended. The problem is empty if it succeeded. */
    default void tokenCallEnded(TokenCall call, Duration took, Optional<Reason> problem) {}

    /** A token was requested: TokenRequest and exchange together. The problem is empty if it was issued. */
    default void tokenRequested(Duration took, Optional<Reason> problem) {}

    /** A login with its commands ended. The problem is empty if it succeeded. */
    default void verificationEnded(Duration took, Optional<Reason> problem) {}

    /** An assignment was created or deleted; measured from when ARM accepted it. Not called if ARM had nothing to do. */
    default void operationSucceeded(LaneState.Kind kind, Duration took) {}

    /** An attempt to create or delete an assignment failed; the lane retries it. */
    default void operationFailed(LaneState.Kind kind, Reason reason) {}

    /** A database was read, with its assignments. The problem is empty if that succeeded. */
    default void readingEnded(Optional<Reason> problem, Duration took) {}

    /** ARM throttles: the lanes and readings of a subscription wait for that much longer. */
    default void paused(Duration pause) {}
}
