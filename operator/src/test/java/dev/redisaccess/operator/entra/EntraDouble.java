package dev.redisaccess.operator.entra;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.redisaccess.operator.tls.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;

/** A token endpoint over TLS that returns what a test sets, and records its requests. */
final class EntraDouble implements AutoCloseable {

    /** The responses. */
    record Reply(int status, String body, Map<String, String> headers) {
        static Reply of(int status, String body) {
            return new Reply(status, body, Map.of());
        }
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Reply reply = Reply.of(500, "");
    private volatile boolean silent;
    private volatile String path = "";
    private volatile Map<String, String> form = Map.of();

    private volatile List<String> serverNames = List.of();

    EntraDouble(TestAuthority authority) {
        this(authority, "localhost");
    }

    /** @param name for which its certificate is */
    EntraDouble(TestAuthority authority, String name) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.serverContext(authority.serverFor(name))));
        server.createContext("/", this::respond);
        server.setExecutor(threads);
        server.start();
    }

    URI authority() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    void replies(Reply next) {
        reply = next;
    }

    void staysSilent() {
        silent = true;
    }

    String path() {
        return path;
    }

    Map<String, String> form() {
        return form;
    }

    /** The server names that the client sent in the TLS handshake. */
    List<String> serverNames() {
        return serverNames;
    }

    private void respond(HttpExchange exchange) throws IOException {
        serverNames = ((ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession())
                .getRequestedServerNames().stream()
                        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                        .toList();
        path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        form = Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
        if (silent) {
            return; // the exchange stays open until the server is closed
        }
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
