package dev.redisaccess.operator.controller.pass;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Work in the order of turns: each namespace that has some gets one piece done, then the next namespace. So a team that
 * applies thousands of bindings at once holds up nobody else. Within a namespace the order is that of arrival.
 */
public final class NamespaceFairQueue {

    private final Executor executor;

    /** Of each namespace that has work; the first is the next. */
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();

    /** @param executor its threads do the work */
    public NamespaceFairQueue(Executor executor) {
        this.executor = executor;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if the executor takes no more; then nothing is added */
    public void add(String namespace, Runnable work) {
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

    /** Each addition asked for one such run, so there is work for each, unless it was forgotten. */
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
