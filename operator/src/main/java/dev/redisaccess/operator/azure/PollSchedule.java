package dev.redisaccess.operator.azure;

import java.time.Duration;

/**
 * When a running operation is polled next. Azure sends no notification, and each poll is one read of the about 25 per second by
 * which the quota of a subscription is refilled: few lanes poll often, many lanes share.
 */
final class PollSchedule {

    static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration STEADY = Duration.ofSeconds(1);
    private static final Duration LATE_STEP = Duration.ofSeconds(4);
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Between close polls: the end is detected after half of this on average. */
    private static final Duration CLOSE = Duration.ofMillis(150);

    /** Close polls are at least so many in an expected duration, down to {@link #SHORTEST}. */
    private static final int CLOSE_POLLS = 40;

    /** Polls are close from this long before the expected end to twice as long after it. */
    private static final Duration NEAR = Duration.ofMillis(1500);

    /** Reads per second for polling: fewer than are refilled, so that LISTs and writes have room. */
    private static final int READS_PER_SECOND = 20;

    /** So many lanes may poll every second and leave room; more wait for the expected end first. */
    private static final int FEW_LANES = 10;

    private PollSchedule() {}

    /**
     * The delay before the next poll.
     *
     * @param elapsed since Azure accepted the operation; zero before the first poll
     * @param expected the usual duration of such an operation
     * @param lanes how many lanes of the subscription poll, this one included
     */
    static Duration next(Duration elapsed, Duration expected, int lanes) {
        Duration share = Duration.ofMillis(lanes * 1000L / READS_PER_SECOND);
        Duration step = longest(step(elapsed, expected), share);
        return lanes <= FEW_LANES ? step : longest(step, expected.minus(elapsed));
    }

    private static Duration step(Duration elapsed, Duration expected) {
        if (elapsed.compareTo(LATE) >= 0) {
            return LATE_STEP;
        }
        Duration fine = clamp(expected.dividedBy(CLOSE_POLLS), SHORTEST, CLOSE);
        Duration untilNear = expected.minus(NEAR).minus(elapsed);
        if (elapsed.isZero()) {
            return clamp(expected, SHORTEST, FIRST);
        }
        if (untilNear.isNegative() || untilNear.isZero()) {
            boolean near = elapsed.compareTo(expected.plus(NEAR.multipliedBy(2))) < 0;
            return near ? fine : STEADY;
        }
        // Not beyond the point where close polls begin.
        return clamp(untilNear, fine, STEADY);
    }

    private static Duration clamp(Duration value, Duration low, Duration high) {
        return value.compareTo(low) < 0 ? low : value.compareTo(high) > 0 ? high : value;
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
