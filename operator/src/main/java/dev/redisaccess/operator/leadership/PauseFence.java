package dev.redisaccess.operator.leadership;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects that this process was paused: a frozen node, a suspended machine, SIGSTOP. During the pause another replica may have
 * become the leader, so Azure writes are blocked until leadership is confirmed. Azure has no means to refuse a former
 * leader.
 */
public final class PauseFence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PauseFence.class);

    /**
     * The framework's Lease lasts 15 seconds, and leadership is given up when it could not be renewed for 10: a pause that is
     * shorter than the difference can't have lost it.
     */
    public static final Duration LONGEST = Duration.ofSeconds(5);

    private static final long TICK_MILLIS = 500;

    private final long longestNanos;
    private final BooleanSupplier stillLeads;
    private final Thread ticking;
    private volatile boolean closed;
    private final AtomicLong lastTick = new AtomicLong(System.nanoTime());

    /** @param stillLeads requests the Lease, blocking; false also if the API server is not available */
    public PauseFence(Duration longest, BooleanSupplier stillLeads) {
        longestNanos = longest.toNanos();
        this.stillLeads = stillLeads;
        ticking = new Thread(this::run, "fence");
        ticking.setDaemon(true);
    }

    public PauseFence start() {
        lastTick.set(System.nanoTime());
        ticking.start();
        return this;
    }

    /** Whether writes are allowed. The order of the two reads matters: the flag is set before the tick. */
    public boolean open() {
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
        long paused = now - lastTick.get();
        if (paused > longestNanos) {
            closed = true;
            LOG.warn(
                    "The process was paused for {} s; Azure writes are blocked until leadership is confirmed",
                    Duration.ofNanos(paused).toSeconds());
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
