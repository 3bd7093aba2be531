package dev.redisaccess.operator.azure;

import java.time.Duration;

/** How long an operation takes on one database: a mean of what was seen, in which the newest counts most. */
final class LearnedDuration {

    /** From recorded traffic: westus2, B0, API 2025-04-01. */
    static final Duration CREATE = Duration.ofMillis(8690);

    /** From the same recording. */
    static final Duration DELETE = Duration.ofMillis(5990);

    private static final double WEIGHT_OF_NEWEST = 0.3;

    /** A longer one was held up by something else, and says nothing about the next. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private double meanMillis;

    LearnedDuration(Duration start) {
        meanMillis = start.toMillis();
    }

    synchronized Duration expected() {
        return Duration.ofMillis(Math.round(meanMillis));
    }

    synchronized void saw(Duration duration) {
        if (duration.compareTo(LONGEST) <= 0) {
            meanMillis += WEIGHT_OF_NEWEST * (duration.toMillis() - meanMillis);
        }
    }
}
