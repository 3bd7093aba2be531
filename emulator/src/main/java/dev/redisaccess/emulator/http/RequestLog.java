package dev.redisaccess.emulator.http;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The latest requests to the emulated services, for whoever wants to count them. Bounded. */
public final class RequestLog {

    /**
     * One request.
     *
     * @param time by the emulator's clock
     * @param service {@code arm}, {@code entra} or {@code imds}
     * @param path decoded, without the query
     * @param status the answer's; 0 when the connection was closed without one
     */
    public record Entry(Instant time, String service, String method, String path, int status) {}

    private final Clock clock;
    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Consumer<Entry>> listeners = new CopyOnWriteArrayList<>();

    public RequestLog(Clock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    /** A handler that answers as {@code next} does and remembers it. */
    public Handler recording(String service, Handler next) {
        return request -> {
            Response response = next.handle(request);
            int status = response.delivery() == Response.Delivery.NOTHING ? 0 : response.status();
            Entry entry = new Entry(clock.instant(), service, request.method(), request.path(), status);
            add(entry);
            listeners.forEach(listener -> listener.accept(entry));
            return response;
        };
    }

    /** From now on the listener is told of each request, for whoever needs more than the latest. It must not block. */
    public void listen(Consumer<Entry> listener) {
        listeners.add(listener);
    }

    private synchronized void add(Entry entry) {
        if (entries.size() == capacity) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    /** Oldest first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    public synchronized void clear() {
        entries.clear();
    }
}
