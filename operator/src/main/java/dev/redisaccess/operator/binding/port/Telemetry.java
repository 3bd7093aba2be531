package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.LaneState;
import java.time.Duration;
import java.util.Optional;

/** Counts and times of the work at Azure, Entra and Redis. Called on the threads that do the work: must not block. */
public interface Telemetry {

    /** Counts nothing. */
    Telemetry NONE = new Telemetry() {};

    /** A token was requested: TokenRequest and exchange together. The problem is empty if it was issued. */
    default void tokenRequested(Duration took, Optional<Reason> problem) {}

    /** A login was tried. The problem is empty if it succeeded. */
    default void loginTried(Duration took, Optional<Reason> problem) {}

    /** An assignment was created or deleted; measured from when ARM accepted it. Not called if ARM had nothing to do. */
    default void operationSucceeded(LaneState.Kind kind, Duration took) {}

    /** An attempt to create or delete an assignment failed; the lane retries it. */
    default void operationFailed(LaneState.Kind kind, Reason reason) {}

    /** A database was read, with its assignments. The problem is empty if that succeeded. */
    default void readingEnded(Optional<Reason> problem, Duration took) {}

    /** ARM throttles: the lanes and readings of a subscription wait for that long. */
    default void paused(Duration pause) {}
}
