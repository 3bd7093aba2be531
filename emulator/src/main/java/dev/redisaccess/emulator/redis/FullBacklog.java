package dev.redisaccess.emulator.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A port that accepts no connection: its backlog is full, and Linux drops further packets, as a firewall does. */
final class FullBacklog implements AutoCloseable {
    private static final int FILL_MILLIS = 200;
    private static final int MOST = 16;
    private static final Duration RELEASE = Duration.ofSeconds(5);

    private final ServerSocket port;
    private final List<Socket> filling = new ArrayList<>();

    private FullBacklog(ServerSocket port) {
        this.port = port;
    }

    /** @throws IllegalStateException if the port is in use, or if this system accepts connections nevertheless */
    static FullBacklog on(InetSocketAddress address) {
        try {
            FullBacklog full = new FullBacklog(bind(address));
            if (!full.fill()) {
                full.close();
                throw new IllegalStateException("This system accepts connections beyond the backlog.");
            }
            return full;
        } catch (IOException e) {
            throw new IllegalStateException("cannot listen on " + address, e);
        }
    }

    /** A closed channel keeps its port until the next turn of its selector. */
    private static ServerSocket bind(InetSocketAddress address) throws IOException {
        long end = System.nanoTime() + RELEASE.toNanos();
        while (true) {
            ServerSocket port = new ServerSocket();
            try {
                port.setReuseAddress(true);
                port.bind(address, 1);
                return port;
            } catch (BindException taken) {
                port.close();
                if (System.nanoTime() > end) {
                    throw taken;
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
    }

    private boolean fill() throws IOException {
        for (int i = 0; i < MOST; i++) {
            Socket socket = new Socket();
            filling.add(socket);
            try {
                socket.connect(port.getLocalSocketAddress(), FILL_MILLIS);
            } catch (SocketTimeoutException full) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            for (Socket socket : filling) {
                socket.close();
            }
            port.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
