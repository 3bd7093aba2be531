package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.LaneState;
import java.time.Duration;
import java.util.Optional;

/** Counts and times of the work at Azure, Entra and Redis. Called on the threads that do the work: must not block. */
public interface Telemetry {

    /** Counts nothing. */
    Telemetry NONE = new Telemetry() {};

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

    /** Work was started, after it had waited that long for a thread. */
    default void workStarted(WorkKind kind, Duration waited) {}

    /** A call to Azure Resource Manager ended. The problem is empty if it succeeded. */
    default void azureCallEnded(AzureCall call, Duration took, Optional<Reason> problem) {}

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
