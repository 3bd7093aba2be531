package dev.redisaccess.operator.azure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What the databases of one Azure subscription share: ARM counts requests per subscription and refuses them per
 * subscription. Safe for use by many threads.
 */
final class Subscription {

    /** Above this a {@code Retry-After} is not believed: the lane looks again by then at the latest. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Clock clock;
    private Instant pausedUntil = Instant.MIN;
    private int lanesAtWork;

    Subscription(Clock clock) {
        this.clock = clock;
    }

    /** Sends nothing for that long. A longer pause that is under way stays. */
    synchronized void pause(Duration wait) {
        Instant until = clock.instant().plus(wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait);
        if (until.isAfter(pausedUntil)) {
            pausedUntil = until;
        }
    }

    /** How long nothing may be sent; zero if something may. */
    synchronized Duration pausedFor() {
        Instant now = clock.instant();
        return pausedUntil.isAfter(now) ? Duration.between(now, pausedUntil) : Duration.ZERO;
    }

    /** A lane begins to work on an operation. */
    synchronized void enter() {
        lanesAtWork++;
    }

    /** A lane no longer works on an operation. */
    synchronized void leave() {
        lanesAtWork--;
    }

    /** How many lanes work on an operation, and so poll. */
    synchronized int lanesAtWork() {
        return lanesAtWork;
    }
}
