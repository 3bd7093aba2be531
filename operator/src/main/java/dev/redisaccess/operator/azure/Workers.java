package dev.redisaccess.operator.azure;

import java.time.Duration;

/** Threads for blocking calls, and a timer. */
interface Workers extends AutoCloseable {

    /** Runs the task soon, on a thread that may block. Does nothing once closed. */
    void run(Runnable task);

    /** Runs the task on such a thread after the delay. */
    Scheduled after(Duration delay, Runnable task);

    /** Starts nothing more. Tasks that run get some seconds to end. */
    @Override
    void close();

    /** A task that is due later. */
    @FunctionalInterface
    interface Scheduled {
        /** Drops the task, unless it has begun. */
        void cancel();
    }
}
