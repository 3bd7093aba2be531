package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.LaneState;
import java.time.Duration;
import java.util.Optional;

/** What is counted and timed on the Azure side. Called on the lane's threads: must not block. */
public interface AccessTelemetry {

    /** An operation came to its end as wanted; measured from when ARM took it. Nothing is told if ARM had nothing to do. */
    void operationSucceeded(LaneState.Kind kind, Duration duration);

    /** An attempt failed; the lane tries again by itself. */
    void operationFailed(LaneState.Kind kind, Reason reason);

    /** A database was read, with its assignments. Empty: it went well. */
    void readingEnded(Optional<Reason> problem, Duration duration);

    /** ARM wants to be called less often: a subscription's lanes and readings wait that long. */
    void paused(Duration duration);

    /** Counts nothing. */
    static AccessTelemetry none() {
        return new AccessTelemetry() {
            @Override
            public void operationSucceeded(LaneState.Kind kind, Duration duration) {}

            @Override
            public void operationFailed(LaneState.Kind kind, Reason reason) {}

            @Override
            public void readingEnded(Optional<Reason> problem, Duration duration) {}

            @Override
            public void paused(Duration duration) {}
        };
    }
}
