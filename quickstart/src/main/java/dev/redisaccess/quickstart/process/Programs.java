package dev.redisaccess.quickstart.process;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The programs that run, in the order in which they were started; ended in the reverse order, also on Ctrl-C. */
public final class Programs implements AutoCloseable {
    private final Path logDirectory;
    private final Deque<ChildProcess> running = new ArrayDeque<>();
    private final Thread onExit = new Thread(this::endAll, "end-programs");

    public Programs(Path logDirectory) {
        this.logDirectory = logDirectory;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    public synchronized ChildProcess start(Launch launch) {
        ChildProcess child = ChildProcess.start(launch, logDirectory);
        running.push(child);
        return child;
    }

    private synchronized void endAll() {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    @Override
    public void close() {
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The JVM is going down: the hook has run, or runs now.
            return;
        }
    }
}
