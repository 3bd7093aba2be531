package dev.redisaccess.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening port, on the HTTP server of the JDK. */
public final class JdkServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JdkServer.class);
    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    private static final Response UNAUTHORIZED = Response.json(
            401,
            Json.object()
                    .put("kind", "Status")
                    .put("apiVersion", "v1")
                    .put("status", "Failure")
                    .put("message", "Unauthorized")
                    .put("reason", "Unauthorized")
                    .put("code", 401));

    private final HttpServer server;

    private JdkServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Listens.
     *
     * @param address the address to bind; port 0 chooses a free one
     * @param tls the server's identity, or empty for plain HTTP
     * @throws IOException when the address cannot be bound
     */
    public static JdkServer start(
            InetSocketAddress address, Optional<SSLContext> tls, Executor executor, Handler handler)
            throws IOException {
        HttpServer server;
        if (tls.isPresent()) {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
            server = https;
        } else {
            server = HttpServer.create(address, 0);
        }
        server.setExecutor(executor);
        server.createContext("/", exchange -> serve(exchange, handler));
        server.start();
        return new JdkServer(server);
    }

    /**
     * The same, over TLS, for clients that name the server (SNI). A client that names another gets no connection, and one that
     * names none the answer of the Kubernetes API server that listens at the same address.
     */
    public static JdkServer start(
            InetSocketAddress address, SSLContext tls, String serverName, Executor executor, Handler handler)
            throws IOException {
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters accepted = getSSLContext().getDefaultSSLParameters();
                accepted.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("(?i)" + Pattern.quote(serverName))));
                parameters.setSSLParameters(accepted);
            }
        });
        https.setExecutor(executor);
        https.createContext("/", exchange -> serve(exchange, isNamed(exchange) ? handler : request -> UNAUTHORIZED));
        https.start();
        return new JdkServer(https);
    }

    private static boolean isNamed(HttpExchange exchange) {
        return exchange instanceof HttpsExchange secure
                && secure.getSSLSession() instanceof ExtendedSSLSession session
                && !session.getRequestedServerNames().isEmpty();
    }

    /** Sends small responses at once; the JDK's server otherwise waits 40 ms. Has effect only before the first server is created. */
    public static void sendWithoutDelay() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void serve(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            Response response;
            try {
                response = handler.handle(read(exchange));
            } catch (RuntimeException e) {
                LOG.error("Unexpected failure in {} {}.", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                response = Response.empty(500);
            }
            write(exchange, response);
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return Request.of(
                exchange.getRequestMethod().toUpperCase(Locale.ROOT),
                exchange.getRequestURI().toString(), // as sent, before any parsing
                headers,
                exchange.getRequestBody().readNBytes(LARGEST_BODY));
    }

    private static void write(HttpExchange exchange, Response response) throws IOException {
        if (response.delivery() == Response.Delivery.NOTHING) {
            return; // closing the exchange before the status line closes the connection
        }
        response.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = response.body();
        boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            OutputStream out = exchange.getResponseBody();
            int length = response.delivery() == Response.Delivery.CUT_IN_BODY ? body.length / 2 : body.length;
            out.write(body, 0, length);
            out.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
