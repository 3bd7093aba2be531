package dev.redisaccess.operator.azure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A monotonic clock: starts at the time of day, and is not affected when the machine's clock is set, which would make a pause
 * longer, or an operation overdue. For intervals only; times in statuses and Events are of the machine's clock.
 */
public final class SteadyClock extends Clock {

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
