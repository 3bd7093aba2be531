package dev.redisaccess.operator.binding;

/** What a lane does for one principal. */
public sealed interface LaneState {

    /** Nothing. */
    record Idle() implements LaneState {}

    /** An operation is queued, or Azure is working on it. */
    record Pending(Kind kind) implements LaneState {}

    /** An operation failed. The lane repeats it after a delay. */
    record Failed(Kind kind, Problem problem) implements LaneState {}

    /** What an operation does in Azure. */
    enum Kind {
        GRANT,
        REVOKE
    }
}
