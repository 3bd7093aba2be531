package dev.redisaccess.emulator;

import dev.redisaccess.emulator.state.DataPlaneFeed;
import dev.redisaccess.emulator.state.EmulatorClock;
import dev.redisaccess.emulator.state.RedisResources;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies changes at their time, also without requests: runs again when the next entry is due, at the latest
 * after a fifth of a second because requests and the clock change what is next.
 */
final class Timekeeper {

    private static final Logger LOG = LoggerFactory.getLogger(Timekeeper.class);
    private static final long LONGEST_MILLIS = 200;

    private final RedisResources resources;
    private final DataPlaneFeed feed;
    private final EmulatorClock clock;
    private final ScheduledExecutorService executor;

    Timekeeper(RedisResources resources, DataPlaneFeed feed, EmulatorClock clock, ScheduledExecutorService executor) {
        this.resources = resources;
        this.feed = feed;
        this.clock = clock;
        this.executor = executor;
    }

    void start() {
        clock.onChange(feed::settle);
        executor.execute(this::tick);
    }

    private void tick() {
        try {
            feed.settle();
        } catch (RuntimeException e) {
            LOG.error("A change could not be applied to the Redis side.", e);
        }
        if (!executor.isShutdown()) {
            executor.schedule(this::tick, millisToNext(), TimeUnit.MILLISECONDS);
        }
    }

    private long millisToNext() {
        Optional<Instant> due = resources.nextDue();
        long millis = due.map(at -> Duration.between(clock.instant(), at).toMillis() + 1)
                .orElse(LONGEST_MILLIS);
        return Math.max(1, Math.min(LONGEST_MILLIS, millis));
    }
}
