package dev.redisaccess.emulator.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Started parts, to be ended in the opposite order, also when a later start fails. */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    synchronized void add(AutoCloseable resource) {
        started.push(resource);
    }

    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of the front could not be ended.", e); // the others must also end
            }
        }
    }
}
