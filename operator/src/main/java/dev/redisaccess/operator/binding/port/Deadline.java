package dev.redisaccess.operator.binding.port;

import java.time.Duration;

/** One end for all the steps of a call, by the monotonic clock: a step gets what the steps before it left. */
public final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** Ends after this time from now. */
    public static Deadline after(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** What is left, at least one millisecond: APIs that take a timeout read zero as none. */
    public Duration left() {
        return Duration.ofNanos(Math.max(end - System.nanoTime(), 1_000_000));
    }

    /** Whether it is over. */
    public boolean over() {
        return end - System.nanoTime() <= 0;
    }
}
