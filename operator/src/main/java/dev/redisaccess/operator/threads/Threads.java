package dev.redisaccess.operator.threads;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounded pools of daemon threads. */
public final class Threads {

    private static final int IDLE_SECONDS = 30;

    /**
     * For an HTTP client of the JDK, which only encrypts, decrypts and parses responses on them. By default it has a thread for
     * each response that arrives at once, of 0.1 MiB each; 27 were measured while a thousand bindings were new.
     */
    public static final int HTTP = 4;

    private Threads() {}

    /**
     * A pool whose threads end after 30 s without work.
     *
     * @param name of each thread, with a number
     * @param most threads at once; further tasks are queued
     */
    public static ExecutorService bounded(String name, int most) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
