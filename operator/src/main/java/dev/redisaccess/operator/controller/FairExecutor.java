package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.controller.pass.NamespaceFairQueue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/**
 * The threads of the framework's passes, which take turns by namespace: the framework's own queue is one line, in which a
 * binding stands behind the thousands that another team has just applied. The framework does not say whose pass it hands
 * over but in the logging context, which it fills before ({@code EventProcessor.submitReconciliationExecution}). Were that to
 * change, there would be one line again, and nothing worse.
 */
final class FairExecutor extends AbstractExecutorService {

    private static final String NAMESPACE = "resource.namespace";
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final NamespaceFairQueue turns;

    /** @param most passes at once */
    FairExecutor(int most) {
        threads = new ThreadPoolExecutor(most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        threads.allowCoreThreadTimeOut(true);
        turns = new NamespaceFairQueue(threads);
    }

    @Override
    public void execute(Runnable pass) {
        turns.add(Optional.ofNullable(MDC.get(NAMESPACE)).orElse(""), pass);
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
