package dev.redisaccess.operator;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that this process stood still: a frozen node, a suspended machine, SIGSTOP. Meanwhile another replica may have
 * begun to lead, and what this one had in mind to do must not reach Azure before it knows. Azure has no means to refuse a
 * former leader, so the former leader has to hold back by itself.
 */
final class PauseFence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PauseFence.class);

    /**
     * The framework's Lease lasts 15 seconds, and it gives up when it could not renew it for 10: a stop that is shorter than
     * the rest can't have lost it.
     */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private static final long TICK_MILLIS = 500;

    private final long longestNanos;
    private final BooleanSupplier stillLeads;
    private final Thread ticking;
    private volatile boolean closed;
    private final AtomicLong lastTick = new AtomicLong(System.nanoTime());

    /** @param stillLeads asks the API server, blocking; false also when it can't be asked */
    PauseFence(Duration longest, BooleanSupplier stillLeads) {
        longestNanos = longest.toNanos();
        this.stillLeads = stillLeads;
        ticking = new Thread(this::run, "fence");
        ticking.setDaemon(true);
    }

    PauseFence start() {
        lastTick.set(System.nanoTime());
        ticking.start();
        return this;
    }

    /** Whether what was planned may be done. The order of the two reads matters: the flag is set before the tick is. */
    boolean open() {
        long sinceTick = System.nanoTime() - lastTick.get();
        return sinceTick <= longestNanos && !closed;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            tick(System.nanoTime());
            try {
                Thread.sleep(TICK_MILLIS);
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }

    void tick(long now) {
        long stood = now - lastTick.get();
        if (stood > longestNanos) {
            closed = true;
            LOG.warn(
                    "This process stood still for {} s: it changes nothing before it knows that it still leads",
                    Duration.ofNanos(stood).toSeconds());
        }
        lastTick.set(now);
        if (closed && stillLeads.getAsBoolean()) {
            closed = false;
        }
    }

    @Override
    public void close() {
        ticking.interrupt();
    }
}
