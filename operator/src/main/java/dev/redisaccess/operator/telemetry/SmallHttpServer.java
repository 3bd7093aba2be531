package dev.redisaccess.operator.telemetry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server for some fixed GET endpoints that no client can block: one thread reads and writes without waiting for any client.
 * Each connection has a limit of bytes, and a time limit for a request and its response; the number of connections is limited
 * also, and one too many closes the one that has been slow or idle for longest, so that a new one is always served.
 *
 * <p>Not the JDK's {@code com.sun.net.httpserver}: it reads requests on the threads that also answer, without a time limit
 * unless a system property sets one for the whole JVM, so that a connection that sends a single byte blocks a thread. Not netty's:
 * its HTTP codec is another 300 classes.
 */
public final class SmallHttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SmallHttpServer.class);

    /** Connections that have sent a request are served after so many that only connect. */
    private static final int ACCEPTED_AT_ONCE = 16;

    /** An endpoint may be running. */
    private static final Duration END = Duration.ofSeconds(1);

    private static final Duration NO_FILES_LEFT = Duration.ofMillis(100);

    /**
     * Where it listens.
     *
     * @param server its name, and that of its thread
     * @param option that configures the number
     * @param number 0: any free one
     */
    record Port(String server, String option, int number) {}

    /**
     * @param connections open at the same time
     * @param exchange for sending a request and taking its answer, and for idling after it
     */
    record Limits(int connections, Duration exchange) {}

    private final Limits limits;
    private final Map<String, Supplier<HttpAnswer>> endpoints;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final ByteBuffer buffer = ByteBuffer.allocate(HttpConnection.MAX_HEAD);

    /** In the order of their last exchange, the oldest first. Only the server's thread uses it. */
    private final Set<HttpConnection> connections = new LinkedHashSet<>();

    private final int port;
    private final Thread thread;
    private volatile boolean closed;

    private SmallHttpServer(
            String name,
            Limits limits,
            Map<String, Supplier<HttpAnswer>> endpoints,
            Selector selector,
            ServerSocketChannel listener) {
        this.limits = limits;
        this.endpoints = endpoints;
        this.selector = selector;
        this.listener = listener;
        this.port = listener.socket().getLocalPort();
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Listens on all addresses of this host.
     *
     * @param endpoints by path; must not block
     * @throws PortUnavailable if the port can't be bound
     */
    static SmallHttpServer start(Port port, Limits limits, Map<String, Supplier<HttpAnswer>> endpoints)
            throws PortUnavailable {
        try {
            Selector selector = Selector.open();
            ServerSocketChannel listener = listen(port.number(), limits, selector);
            SmallHttpServer server = new SmallHttpServer(port.server(), limits, endpoints, selector, listener);
            server.thread.start();
            LOG.info("The {} server listens on port {}", port.server(), server.port);
            return server;
        } catch (IOException taken) {
            throw new PortUnavailable(port.option(), port.number(), taken);
        }
    }

    private static ServerSocketChannel listen(int port, Limits limits, Selector selector) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(new InetSocketAddress(port), limits.connections());
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            return listener;
        } catch (IOException taken) {
            listener.close();
            selector.close();
            throw taken;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    private void run() {
        try (listener;
                selector) {
            while (!closed) {
                selector.select(millisToNextLimit());
                serve();
                closeOverdue();
            }
        } catch (IOException | RuntimeException failed) {
            LOG.error("The server on port {} has failed", port, failed);
        } finally {
            connections.forEach(HttpConnection::close);
        }
    }

    /** Clients that have sent something are served first: one that is accepted now may close another. */
    private void serve() {
        boolean waiting = false;
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof HttpConnection connection) {
                advance(connection, key);
            } else {
                waiting = true;
            }
        }
        selector.selectedKeys().clear();
        if (waiting) {
            accept();
        }
    }

    private void advance(HttpConnection connection, SelectionKey key) {
        long before = connection.since();
        boolean open;
        try {
            open = key.isValid() && connection.advance(buffer, this::answer);
        } catch (IOException | CancelledKeyException reset) {
            open = false;
        }
        if (!open) {
            close(connection);
        } else if (connection.since() != before) {
            connections.remove(connection);
            connections.add(connection);
        }
    }

    private HttpAnswer answer(RequestHead request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpAnswer.NOT_ALLOWED;
        }
        Supplier<HttpAnswer> endpoint = endpoints.get(request.path());
        if (endpoint == null) {
            return HttpAnswer.NOT_FOUND;
        }
        try {
            return endpoint.get();
        } catch (RuntimeException failed) {
            LOG.error("{} failed", request.path(), failed);
            return HttpAnswer.FAILED;
        }
    }

    private void accept() {
        try {
            for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
                SocketChannel channel = listener.accept();
                if (channel == null) {
                    return;
                }
                open(channel);
            }
        } catch (IOException noFileLeft) {
            LOG.debug("A connection could not be accepted", noFileLeft);
            closeFirst();
            // Without a wait, this would be retried in a busy loop.
            LockSupport.parkNanos(NO_FILES_LEFT.toNanos());
        }
    }

    private void open(SocketChannel channel) {
        if (connections.size() >= limits.connections()) {
            closeFirst();
        }
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            HttpConnection connection = new HttpConnection(channel, key);
            key.attach(connection);
            connections.add(connection);
        } catch (IOException reset) {
            try {
                channel.close();
            } catch (IOException gone) {
                LOG.debug("A connection was reset before it was served", gone);
            }
        }
    }

    private long millisToNextLimit() {
        if (connections.isEmpty()) {
            return 0;
        }
        long left = limits.exchange().toNanos()
                - (System.nanoTime() - connections.iterator().next().since());
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }

    private void closeOverdue() {
        long now = System.nanoTime();
        while (!connections.isEmpty()
                && now - connections.iterator().next().since()
                        >= limits.exchange().toNanos()) {
            closeFirst();
        }
    }

    private void closeFirst() {
        if (!connections.isEmpty()) {
            close(connections.iterator().next());
        }
    }

    private void close(HttpConnection connection) {
        connections.remove(connection);
        connection.close();
    }

    /** After this the port is free. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
