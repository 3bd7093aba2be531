package dev.redisaccess.operator.threads;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * A queue that runs one task of each namespace in turn, so that a team that applies thousands of bindings at once delays no
 * other. Within a namespace the order is that of arrival.
 */
final class NamespaceFairQueue {

    private final Executor executor;

    /** The tasks of each namespace that has some; the first namespace is the next. */
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();

    /** @param executor runs the tasks */
    NamespaceFairQueue(Executor executor) {
        this.executor = executor;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if the executor is shut down; then nothing is added */
    void add(String namespace, Runnable work) {
        synchronized (this) {
            waiting.computeIfAbsent(namespace, any -> new ArrayDeque<>()).addLast(work);
        }
        try {
            executor.execute(this::runNext);
        } catch (RuntimeException refused) {
            forget(namespace, work);
            throw refused;
        }
    }

    /** The executor runs this once for each added task, so there is one for each run, unless it was removed again. */
    private void runNext() {
        Runnable work = next();
        if (work != null) {
            work.run();
        }
    }

    private synchronized Runnable next() {
        var turns = waiting.entrySet().iterator();
        if (!turns.hasNext()) {
            return null;
        }
        Map.Entry<String, Deque<Runnable>> turn = turns.next();
        String namespace = turn.getKey();
        Deque<Runnable> own = turn.getValue();
        turns.remove();
        Runnable work = own.pollFirst();
        if (!own.isEmpty()) {
            waiting.put(namespace, own); // to the end
        }
        return work;
    }

    private synchronized void forget(String namespace, Runnable work) {
        waiting.computeIfPresent(namespace, (any, own) -> own.remove(work) && own.isEmpty() ? null : own);
    }
}
