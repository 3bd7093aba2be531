package dev.redisaccess.emulator.http;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest requests to the emulated services. Bounded. */
public final class RequestLog {

    /**
     * One request.
     *
     * @param time by the emulator's clock
     * @param service {@code arm}, {@code entra} or {@code imds}
     * @param path decoded, without the query
     * @param status the answer's; 0 when the connection was closed without one
     * @param client further fields of the request
     */
    public record Entry(Instant time, String service, String method, String path, int status, Client client) {

        /** A request without further fields. */
        public Entry(Instant time, String service, String method, String path, int status) {
            this(time, service, method, path, status, Client.UNKNOWN);
        }
    }

    /**
     * Further fields of a request.
     *
     * @param target path and query as sent; values of parameters with secrets are replaced by {@code ***}
     * @param apiVersion the query's {@code api-version}; empty when it has none
     * @param userAgent the header; empty when there was none
     * @param notEmulated whether it was refused as not emulated
     */
    public record Client(String target, String apiVersion, String userAgent, boolean notEmulated) {

        static final Client UNKNOWN = new Client("", "", "", false);

        private static final String SECRETS =
                "client_secret|client_assertion|assertion|access_token|refresh_token|id_token|code|password|sig";

        private static final Pattern SECRET = Pattern.compile("(?i)([?&](?:" + SECRETS + ")=)[^&]*");

        static Client of(Request request, Response response) {
            return new Client(
                    shortened(SECRET.matcher(request.target()).replaceAll("$1***")),
                    shortened(request.parameter("api-version").orElse("")),
                    shortened(request.header("user-agent").orElse("")),
                    NotEmulated.marks(response));
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

    /** Of each text of an entry, in characters. */
    private static final int LONGEST = 2_000;

    private final Clock clock;
    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Consumer<Entry>> listeners = new CopyOnWriteArrayList<>();

    public RequestLog(Clock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    /** A handler that returns the response of {@code next} and records the request. */
    public Handler recording(String service, Handler next) {
        return request -> {
            Response response = next.handle(request);
            int status = response.delivery() == Response.Delivery.NOTHING ? 0 : response.status();
            Client client = Client.of(request, response);
            Entry entry =
                    new Entry(clock.instant(), service, request.method(), shortened(request.path()), status, client);
            if (client.notEmulated()) {
                LOG.warn(
                        "{}: {} {} of {} was refused with {}",
                        NotEmulated.CODE,
                        request.method(),
                        client.target(),
                        client.userAgent(),
                        status);
            }
            add(entry);
            listeners.forEach(listener -> listener.accept(entry));
            return response;
        };
    }

    /** Bounds the log for any request. */
    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** Adds a listener that receives each further request. It must not block. */
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
