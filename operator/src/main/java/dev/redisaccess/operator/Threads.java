package dev.redisaccess.operator;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools of daemon threads. */
final class Threads {

    private static final int IDLE_SECONDS = 30;

    /**
     * For an HTTP client of the JDK, which only encrypts, decrypts and takes answers apart on them: by itself it has as many
     * as there are answers at once, and each keeps a tenth of a mebibyte. Measured: 27 while a thousand bindings were new.
     */
    static final int HTTP = 4;

    private Threads() {}

    /**
     * A pool of daemon threads that are there only while there is work.
     *
     * @param name of each thread, with a number
     * @param most threads at once; what comes on top waits
     */
    static ExecutorService bounded(String name, int most) {
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
