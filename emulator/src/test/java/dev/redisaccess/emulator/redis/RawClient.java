package dev.redisaccess.emulator.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Sends bytes as they are, and reads lines. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final BufferedReader in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static RawClient connect(SocketFactory factory, int port) throws IOException {
        Socket socket = factory.createSocket("localhost", port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new RawClient(socket);
    }

    RawClient send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** A client whose {@link #endOutput} sends {@code close_notify} and no end of the TCP stream, as OpenSSL does. */
    static RawClient connectAsOpenSsl(SSLSocketFactory factory, int port) throws IOException {
        Socket tcp = new Socket("localhost", port) {
            @Override
            public void shutdownOutput() {
                // Java would also end the TCP stream, which the front would notice in any case.
            }
        };
        Socket socket = factory.createSocket(tcp, "localhost", port, true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new RawClient(socket);
    }

    /** Ends the output. */
    RawClient endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next line without its end; null when the front has closed the connection. */
    String line() throws IOException {
        return in.readLine();
    }

    static String array(String... words) {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append("$")
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
            command.append(word).append("\r\n");
        }
        return command.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
