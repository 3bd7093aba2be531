package dev.redisaccess.operator.azure;

import java.time.Duration;

/**
 * When a running operation is looked at next. ARM tells nothing by itself, and each look is one read of the about 25 per
 * second that a subscription gets back: few lanes look often, many lanes share.
 */
final class PollSchedule {

    static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration STEADY = Duration.ofSeconds(1);
    private static final Duration LATE_STEP = Duration.ofSeconds(4);
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Where the end is near: from this much before the expected end to twice as much after it. */
    private static final Duration NEAR = Duration.ofMillis(1500);

    /** Reads per second that polling may use: below the refill, so that readings and writes find room. */
    private static final int READS_PER_SECOND = 20;

    /** So many lanes may look every second and leave room; more wait for the expected end first. */
    private static final int FEW_LANES = 10;

    private PollSchedule() {}

    /**
     * The wait before the next look.
     *
     * @param elapsed since ARM took the operation; zero before the first look
     * @param expected how long such an operation took lately
     * @param lanes how many lanes of the subscription poll, this one included
     */
    static Duration next(Duration elapsed, Duration expected, int lanes) {
        Duration step = step(elapsed, expected);
        if (lanes <= FEW_LANES) {
            return step;
        }
        Duration share = Duration.ofMillis(lanes * 1000L / READS_PER_SECOND);
        Duration remaining = expected.minus(elapsed);
        return longest(step, longest(share, remaining));
    }

    private static Duration step(Duration elapsed, Duration expected) {
        if (elapsed.compareTo(LATE) >= 0) {
            return LATE_STEP;
        }
        Duration fine = clamp(expected.dividedBy(16), SHORTEST, FIRST);
        Duration untilNear = expected.minus(NEAR).minus(elapsed);
        if (elapsed.isZero()) {
            return clamp(expected, SHORTEST, FIRST);
        }
        if (untilNear.isNegative() || untilNear.isZero()) {
            boolean near = elapsed.compareTo(expected.plus(NEAR.multipliedBy(2))) < 0;
            return near ? fine : STEADY;
        }
        // Not beyond the point where looking closely begins.
        return clamp(untilNear, fine, STEADY);
    }

    private static Duration clamp(Duration value, Duration low, Duration high) {
        return value.compareTo(low) < 0 ? low : value.compareTo(high) > 0 ? high : value;
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
