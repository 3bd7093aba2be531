package dev.redisaccess.operator.azure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The quotas of one Azure subscription, by which Azure counts and refuses requests. Safe for use by many threads. */
final class Subscription {

    /** Less than half of the 250 reads that Azure lets a principal accumulate in a subscription. */
    private static final int PLENTY = 100;

    private final Clock clock;
    private final Consumer<Duration> pauses;
    private Instant pausedUntil = Instant.MIN;
    private int lanesAtWork;
    private int remainingReads = Integer.MAX_VALUE;
    private final Map<String, Duration> waits = new HashMap<>();

    /** @param pauses gets each pause, without the part that an earlier one covers */
    Subscription(Clock clock, Consumer<Duration> pauses) {
        this.clock = clock;
        this.pauses = pauses;
    }

    /** Sends nothing for that long. A longer pause that is under way stays. */
    synchronized void pause(Duration wait) {
        Instant now = clock.instant();
        Instant until = now.plus(wait);
        if (until.isAfter(pausedUntil)) {
            pauses.accept(Duration.between(pausedUntil.isAfter(now) ? pausedUntil : now, until));
            pausedUntil = until;
        }
    }

    /** How long nothing may be sent; zero if requests may be sent. */
    synchronized Duration pausedFor() {
        Instant now = clock.instant();
        return pausedUntil.isAfter(now) ? Duration.between(now, pausedUntil) : Duration.ZERO;
    }

    /** A lane starts an operation. */
    synchronized void enter() {
        lanesAtWork++;
    }

    /** The operation of a lane has ended. */
    synchronized void leave() {
        lanesAtWork--;
    }

    /** The reads that Azure still admits at this moment. */
    synchronized void setRemainingReads(int reads) {
        remainingReads = reads;
    }

    /** The number of lanes that share the reads: one, as long as plenty of reads are left. */
    synchronized int lanesToShareWith() {
        return remainingReads > PLENTY ? 1 : lanesAtWork;
    }

    /** A successful answer asked for this delay before the next read of the resource. */
    synchronized void setWait(String resource, Duration wait) {
        waits.put(resource.toLowerCase(Locale.ROOT), wait);
    }

    /** Removes and returns the delay that the last answer for this resource asked for. */
    synchronized Optional<Duration> takeWait(String resource) {
        return Optional.ofNullable(waits.remove(resource.toLowerCase(Locale.ROOT)));
    }
}
