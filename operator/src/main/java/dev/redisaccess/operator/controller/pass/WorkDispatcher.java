package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.port.WorkLoad;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts the work of a {@link WorkQueue} on threads: when a piece is added, when another one ends, and when the rate of a
 * namespace admits one.
 */
final class WorkDispatcher {

    /** At the rate of a namespace a piece would start every 10 ms: this starts ten with one wake-up. */
    private static final Duration LEAST_DELAY = Duration.ofMillis(100);

    private final WorkQueue queue;
    private final Executor executor;
    private final Clock clock;
    private final WorkTimer timer;
    private final AtomicBoolean timerSet = new AtomicBoolean();

    /** @param executor has as many threads as the limits of the queue allow */
    WorkDispatcher(WorkQueue queue, Executor executor, Clock clock, WorkTimer timer) {
        this.queue = queue;
        this.executor = executor;
        this.clock = clock;
        this.timer = timer;
    }

    void submit(WorkQueue.Piece piece) {
        queue.add(piece);
        startAll();
    }

    /** What waits. */
    WorkLoad load() {
        return queue.load();
    }

    private void startAll() {
        Instant now = clock.instant();
        Optional<WorkQueue.Piece> next = queue.next(now);
        while (next.isPresent()) {
            if (!start(next.get())) {
                return;
            }
            next = queue.next(now);
        }
        queue.opens(now).ifPresent(at -> wakeUp(Duration.between(now, at)));
    }

    /** False if the operator stops: then nothing starts any more. */
    private boolean start(WorkQueue.Piece piece) {
        try {
            executor.execute(() -> run(piece));
            return true;
        } catch (RejectedExecutionException stopping) {
            queue.done(piece);
            return false;
        }
    }

    private void run(WorkQueue.Piece piece) {
        try {
            piece.run().run();
        } finally {
            queue.done(piece);
            startAll();
        }
    }

    private void wakeUp(Duration delay) {
        if (timerSet.compareAndSet(false, true)) {
            timer.after(delay.compareTo(LEAST_DELAY) > 0 ? delay : LEAST_DELAY, () -> {
                timerSet.set(false);
                startAll();
            });
        }
    }
}
