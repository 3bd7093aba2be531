package dev.redisaccess.operator.http;

import dev.redisaccess.operator.tls.TestAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** An HTTPS server that writes any bytes at all, as no HTTP library would. One request for each connection. */
public final class RawServer implements AutoCloseable {

    /** Writes the response with its headers. */
    @FunctionalInterface
    public interface Script {
        void respond(String requestLine, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final SSLSocketFactory tls;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile Script script = text(500, "");

    public RawServer(TestAuthority authority) {
        try {
            tls = TestAuthority.serverContext(authority.serverFor("localhost")).getSocketFactory();
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public URI url() {
        return URI.create("https://localhost:" + server.getLocalPort());
    }

    public RawServer responds(Script next) {
        script = next;
        return this;
    }

    /** The first line of each request. */
    public List<String> requests() {
        return requests;
    }

    /** The header lines of all requests. */
    public List<String> headers() {
        return headers;
    }

    /** How many responses ended because the client had closed the connection, or were complete. */
    public int ended() {
        return ended.get();
    }

    /** A response with a JSON content type. */
    public static Script text(int status, String body, String... headers) {
        return (request, out) -> {
            out.write(
                    head(status, List.of(headers), "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length));
            out.write(body.getBytes(StandardCharsets.UTF_8));
        };
    }

    /** A body that never ends, as fast as it can be read. */
    public static Script endless(int status) {
        return (request, out) -> {
            out.write(head(status, List.of()));
            byte[] block = " ".repeat(16 * 1024).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(block);
            }
        };
    }

    /** A body that never ends, a byte at a time. */
    public static Script dripping(int status) {
        return (request, out) -> {
            out.write(head(status, List.of()));
            while (true) {
                out.write(' ');
                out.flush();
                Thread.sleep(50);
            }
        };
    }

    /** A header that never ends. */
    public static Script endlessHeader() {
        return (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
            byte[] block = "x".repeat(16 * 1024).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(block);
            }
        };
    }

    private static byte[] head(int status, List<String> more, String... headers) {
        List<String> lines = new ArrayList<>(List.of("HTTP/1.1 " + status + " Status", "Connection: close"));
        if (more.stream().noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type"))) {
            lines.add("Content-Type: application/json");
        }
        lines.addAll(more);
        lines.addAll(List.of(headers));
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    /** The plain socket is what is closed: to close one of TLS waits for a write that is never read. */
    private void serve(Socket plain) {
        try (plain) {
            SSLSocket socket = (SSLSocket) tls.createSocket(plain, null, plain.getPort(), false);
            socket.setUseClientMode(false);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String request = in.readLine();
            if (request == null) {
                return;
            }
            requests.add(request);
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                headers.add(line);
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).strip());
                }
            }
            for (int i = 0; i < length; i++) {
                in.read();
            }
            script.respond(request, socket.getOutputStream());
            socket.getOutputStream().flush();
            socket.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            // The client went away.
        } finally {
            ended.incrementAndGet();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
