package dev.redisaccess.operator.azure;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bounded pool that all databases share, and a thread for the timer. Threads start when they are needed. */
final class ThreadWorkers implements Workers {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadWorkers.class);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor timer;

    ThreadWorkers(int threads) {
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                KEEP_ALIVE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                named("azure-worker-"),
                (task, executor) -> LOG.debug("Task rejected: shutting down"));
        pool.allowCoreThreadTimeOut(true);
        timer = new ScheduledThreadPoolExecutor(
                1, named("azure-timer-"), (task, executor) -> LOG.debug("Task rejected: shutting down"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void run(Runnable task) {
        pool.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A task failed unexpectedly", e);
            }
        });
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        Future<?> future = timer.schedule(() -> run(task), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pool.getQueue().clear();
        pool.shutdown();
        try {
            if (!pool.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
