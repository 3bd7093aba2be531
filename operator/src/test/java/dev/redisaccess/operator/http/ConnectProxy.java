package dev.redisaccess.operator.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that supports CONNECT only. */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket server;
    private final Optional<String> authorization;
    private final List<String> targets = new CopyOnWriteArrayList<>();

    /** @param authorization what Proxy-Authorization must be; empty: anything */
    public ConnectProxy(Optional<String> authorization) {
        this.authorization = authorization;
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Where it connected to, as host and port. */
    public List<String> targets() {
        return targets;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            // One byte at a time: what follows the head belongs to the tunnel.
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
            String target = in.readLine().split(" ")[1];
            boolean allowed = authorization.isEmpty();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                allowed |= line.equalsIgnoreCase("Proxy-Authorization: " + authorization.orElse(""));
            }
            if (!allowed) {
                say(
                        client,
                        "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0");
                return;
            }
            targets.add(target);
            String[] parts = target.split(":");
            try (Socket beyond = new Socket(parts[0], Integer.parseInt(parts[1]))) {
                say(client, "200 Connected");
                start(() -> pump(beyond, client));
                pump(client, beyond);
            }
        } catch (IOException e) {
            // One side went away.
        }
    }

    private static void say(Socket client, String status) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One side went away.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "connect-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
