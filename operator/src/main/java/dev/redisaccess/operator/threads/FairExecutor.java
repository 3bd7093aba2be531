package dev.redisaccess.operator.threads;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/**
 * Runs the framework's passes, with turns by namespace: the framework's own queue is FIFO, in which a binding waits behind
 * the thousands that another team has just applied. The framework shows the namespace of a pass only in the logging context,
 * which it fills before ({@code EventProcessor.submitReconciliationExecution}). If that changes, the order is FIFO again.
 */
public final class FairExecutor extends AbstractExecutorService {

    private static final String NAMESPACE = "resource.namespace";

    private final ExecutorService threads;
    private final NamespaceFairQueue queue;

    /** @param most passes at once */
    public FairExecutor(int most) {
        threads = Threads.bounded("pass", most);
        queue = new NamespaceFairQueue(threads);
    }

    @Override
    public void execute(Runnable pass) {
        queue.add(Optional.ofNullable(MDC.get(NAMESPACE)).orElse(""), pass);
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
