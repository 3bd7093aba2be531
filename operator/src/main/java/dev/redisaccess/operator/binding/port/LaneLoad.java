package dev.redisaccess.operator.binding.port;

/**
 * The operations in the lanes of all databases.
 *
 * @param running attempts that have started
 * @param queued operations that wait for the one before them
 * @param retrying operations that wait for the delay after a failure
 * @param pausedSubscriptions subscriptions to which no request is sent, because Azure throttled one
 */
public record LaneLoad(int running, int queued, int retrying, int pausedSubscriptions) {

    /** Nothing runs and nothing waits. */
    public static final LaneLoad NONE = new LaneLoad(0, 0, 0, 0);

    public LaneLoad plus(LaneLoad other) {
        return new LaneLoad(
                running + other.running,
                queued + other.queued,
                retrying + other.retrying,
                pausedSubscriptions + other.pausedSubscriptions);
    }
}
