package dev.redisaccess.operator.azure;

import java.time.Duration;

/** Where blocking calls run, and what time wakes. */
interface Workers {

    /** Runs the task soon, on a thread that may block. Does nothing once closed. */
    void run(Runnable task);

    /** Runs the task on such a thread after that time. */
    Scheduled after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Scheduled {
        /** Forgets the task, unless it has begun. */
        void cancel();
    }
}
