package dev.redisaccess.operator.controller.pass;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs a task after a delay; holds no thread meanwhile. */
public interface WorkTimer {

    void after(Duration delay, Runnable task);

    /** A timer of the JDK, whose thread hands the task over to the executor. */
    static WorkTimer of(Executor executor) {
        return (delay, task) -> CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(task);
    }
}
