package dev.redisaccess.launcher;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Programs that are ended in the reverse order of their start. */
public final class Programs implements AutoCloseable {
    private final Path logDirectory;
    private final Deque<ChildProcess> running = new ArrayDeque<>();

    public Programs(Path logDirectory) {
        this.logDirectory = logDirectory;
    }

    public synchronized ChildProcess start(Launch launch) {
        ChildProcess child = ChildProcess.start(launch, logDirectory);
        running.push(child);
        return child;
    }

    @Override
    public synchronized void close() {
        running.forEach(ChildProcess::end);
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}
