package dev.redisaccess.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resources to close, in the opposite order of their creation. */
final class Closing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> newestFirst = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T closeable) {
        newestFirst.push(closeable);
        return closeable;
    }

    @Override
    public synchronized void close() {
        while (!newestFirst.isEmpty()) {
            try {
                newestFirst.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of the emulator could not be closed.", e);
            }
        }
    }
}
