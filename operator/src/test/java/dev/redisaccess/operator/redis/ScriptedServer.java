package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.api.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A TLS server that replies to each Redis command with a line, with silence (empty text), or by closing (no text). */
final class ScriptedServer implements AutoCloseable {

    /** The replies of a server that accepts any login, as RESP3. */
    static final String HELLO = "%1\r\n$6\r\nserver\r\n$5\r\nredis";

    private final SSLServerSocket server;
    private final Function<String, Optional<String>> script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    ScriptedServer(SSLContext tls, Function<String, Optional<String>> script) {
        this.script = script;
        try {
            server = (SSLServerSocket)
                    tls.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    Endpoint endpoint() {
        return new Endpoint("localhost", server.getLocalPort());
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

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String header = in.readLine(); header != null; header = in.readLine()) {
                String command = "";
                for (int i = Integer.parseInt(header.substring(1)); i > 0; i--) {
                    in.readLine(); // the length
                    command = command.isEmpty() ? in.readLine().toUpperCase() : command + skip(in);
                }
                Optional<String> reply = script.apply(command);
                if (reply.isEmpty()) {
                    return;
                }
                if (!reply.get().isEmpty()) {
                    socket.getOutputStream().write((reply.get() + "\r\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    private static String skip(BufferedReader in) throws IOException {
        in.readLine();
        return "";
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
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
