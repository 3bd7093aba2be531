package dev.redisaccess.operator.azure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the databases of one Azure subscription share: ARM counts requests per subscription and refuses them per
 * subscription. Safe for use by many threads.
 */
final class Subscription {

    /** Less than half of the 250 reads that ARM lets a principal save up in a subscription. */
    private static final int PLENTY = 100;

    private final Clock clock;
    private Instant pausedUntil = Instant.MIN;
    private int lanesAtWork;
    private int remainingReads = Integer.MAX_VALUE;
    private final Map<String, Duration> askedToWait = new HashMap<>();

    Subscription(Clock clock) {
        this.clock = clock;
    }

    /** Sends nothing for that long. A longer pause that is under way stays. */
    synchronized void pause(Duration wait) {
        Instant until = clock.instant().plus(wait);
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

    /** ARM says how many reads it would still take at this moment. */
    synchronized void remainingReads(int reads) {
        remainingReads = reads;
    }

    /** Among how many lanes reads must be shared: one, as long as ARM has plenty of them left. */
    synchronized int lanesToShareWith() {
        return remainingReads > PLENTY ? 1 : lanesAtWork;
    }

    /** ARM answered well, and asked to be asked again about this resource not before that time. */
    synchronized void askedToWait(String resource, Duration wait) {
        askedToWait.put(resource.toLowerCase(Locale.ROOT), wait);
    }

    /** What ARM asked for with its last answer about this resource, once. */
    synchronized Optional<Duration> takeAskedWait(String resource) {
        return Optional.ofNullable(askedToWait.remove(resource.toLowerCase(Locale.ROOT)));
    }
}
