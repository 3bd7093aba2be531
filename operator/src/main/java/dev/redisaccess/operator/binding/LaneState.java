package dev.redisaccess.operator.binding;

import java.time.Instant;

/** What a lane does for one principal. */
public sealed interface LaneState {

    /** Nothing. */
    record Idle() implements LaneState {}

    /** It waits for its turn. */
    record Queued(Kind kind, int ahead) implements LaneState {}

    /** ARM works on it. */
    record Running(Kind kind, Instant since) implements LaneState {}

    /** It failed, and is tried again by the lane itself at that time. */
    record Failed(Kind kind, Problem problem, int attempts, Instant retryAt) implements LaneState {}

    /** What kind of operation. */
    enum Kind {
        GRANT,
        REVOKE
    }
}
