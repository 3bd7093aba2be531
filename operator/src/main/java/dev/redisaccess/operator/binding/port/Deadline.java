package dev.redisaccess.operator.binding.port;

import java.time.Duration;

/** The deadline of all steps of a call, by the monotonic clock: each step gets the time that is left. */
public final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** Ends after this time from now. */
    public static Deadline after(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** The time that is left, at least one millisecond: for many APIs a timeout of zero is none. */
    public Duration left() {
        return Duration.ofNanos(Math.max(end - System.nanoTime(), 1_000_000));
    }
}
