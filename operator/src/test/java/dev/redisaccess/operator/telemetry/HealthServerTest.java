package dev.redisaccess.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Health responds whatever other clients do on the port. */
class HealthServerTest {

    private static final int CLIENTS = 200;
    private static final int PATIENCE_MILLIS = 20_000;

    private final List<Socket> clients = new ArrayList<>();
    private final AtomicReference<List<String>> wrong = new AtomicReference<>(List.of());

    /** What a hostile or broken client sends after it has connected; all of them leave the connection open. */
    enum Client {
        NOTHING(""),
        ONE_BYTE("G"),
        HALF_A_LINE("GET /healthz HT"),
        HEADERS_WITHOUT_END("GET /healthz HTTP/1.1\r\n" + "x: y\r\n".repeat(1000)),
        ONE_LONG_LINE("GET /" + "a".repeat(7000)),
        TOO_LONG_HEADERS("GET /healthz HTTP/1.1\r\n" + "x: y\r\n".repeat(3000)),
        BODY_WITHOUT_END("POST /healthz HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n" + "z".repeat(2000)),
        CHUNKS_WITHOUT_END("POST /healthz HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        DOES_NOT_READ("GET /healthz HTTP/1.1\r\n\r\n"),
        PIPELINES("GET /healthz HTTP/1.1\r\n\r\n".repeat(200)),
        BINARY("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");

        private final String sent;

        Client(String sent) {
            this.sent = sent;
        }
    }

    @AfterEach
    void closeClients() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void respondsWhileManyConnectionsStayOpen(Client kind) throws IOException {
        try (SmallHttpServer server = HealthServer.start(0, wrong::get, List::of)) {
            for (int i = 0; i < CLIENTS; i++) {
                open(server.port(), kind.sent);
                if (i % 10 == 0) {
                    assertThat(exchange(server.port(), "GET /healthz HTTP/1.1\r\n\r\n"))
                            .startsWith("HTTP/1.1 200 OK\r\n")
                            .endsWith("\r\n\r\nok\n");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void closesEachConnectionAfterItsTimeLimit(Client kind) throws IOException {
        var limits = new SmallHttpServer.Limits(8, Duration.ofMillis(200));
        try (SmallHttpServer server = HealthServer.start(0, wrong::get, List::of, limits)) {
            Socket client = open(server.port(), kind.sent);

            assertThat(isClosedByServer(client)).isTrue();
        }
    }

    @Test
    void oneByteNowAndThenExtendsNoLimit() throws IOException {
        var limits = new SmallHttpServer.Limits(8, Duration.ofMillis(300));
        try (SmallHttpServer server = HealthServer.start(0, wrong::get, List::of, limits)) {
            Socket client = open(server.port(), "GET /healthz HTTP/1.1\r\n");

            await().pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThatThrownBy(
                            () -> client.getOutputStream().write("x".getBytes(StandardCharsets.US_ASCII)))
                    .isInstanceOf(SocketException.class));
        }
    }

    @Test
    void oneConnectionTooManyClosesTheOneThatIsIdleForLongest() throws IOException {
        var limits = new SmallHttpServer.Limits(3, Duration.ofMinutes(5));
        try (SmallHttpServer server = HealthServer.start(0, wrong::get, List::of, limits)) {
            Socket first = open(server.port(), "G");
            Socket second = open(server.port(), "GET /healthz HTTP/1.1\r\n\r\n");
            assertThat(response(second)).startsWith("HTTP/1.1 200");
            open(server.port(), "GET /healthz HTTP/1.1\r\n\r\n");
            open(server.port(), "GET /healthz HTTP/1.1\r\n\r\n");

            assertThat(isClosedByServer(first)).isTrue();
            second.getOutputStream().write("GET /readyz HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(response(second)).as("it was served after the first").startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        try (SmallHttpServer server = HealthServer.start(0, wrong::get, () -> List.of("bindings: not synced"))) {
            assertThat(exchange(server.port(), "GET /readyz?verbose HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .endsWith("\r\n\r\nbindings: not synced\n");
            wrong.set(List.of("stuck", "really"));
            assertThat(exchange(server.port(), "GET /healthz HTTP/1.1\r\n\r\n")).endsWith("\r\n\r\nstuck\nreally\n");
        }
    }

    @Test
    void respondsOnlyToWhatItServes() throws IOException {
        try (SmallHttpServer server = HealthServer.start(0, wrong::get, List::of)) {
            int port = server.port();
            assertThat(exchange(port, "GET /metrics HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404 ");
            assertThat(exchange(port, "POST /healthz HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"))
                    .startsWith("HTTP/1.1 405 ")
                    .contains("Allow: GET, HEAD\r\n", "Connection: close\r\n");
            assertThat(exchange(port, "HEAD /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Length: 3\r\n")
                    .endsWith("\r\n\r\n");
            assertThat(exchange(port, "GET /healthz HTTP/1.0\r\n\r\n")).contains("Connection: close\r\n");
            assertThat(exchange(port, "nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(exchange(port, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void keepsAConnectionForTheNextRequest() throws IOException {
        try (SmallHttpServer server = HealthServer.start(0, wrong::get, List::of)) {
            Socket client = open(server.port(), "GET /healthz HTTP/1.1\r\n\r\n");
            for (int i = 0; i < 99; i++) {
                assertThat(response(client)).contains("Connection: keep-alive\r\n");
                client.getOutputStream().write("GET /healthz HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(response(client)).contains("Connection: close\r\n");
            assertThat(isClosedByServer(client)).isTrue();
        }
    }

    @Test
    void servesHealthWhenReadinessThrows() throws IOException {
        try (SmallHttpServer server = HealthServer.start(0, wrong::get, () -> {
            throw new IllegalStateException("a defect");
        })) {
            assertThat(exchange(server.port(), "GET /readyz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 500 ");
            assertThat(exchange(server.port(), "GET /healthz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void respondsDuringAScrape() throws IOException {
        CountDownLatch scraping = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (SmallHttpServer server = HealthServer.start(0, wrong::get, List::of);
                SmallHttpServer metrics = MetricsServer.start(0, () -> {
                    scraping.countDown();
                    return awaited(done);
                })) {
            Socket scrape = open(metrics.port(), "GET /metrics HTTP/1.1\r\n\r\n");
            awaited(scraping);

            assertThat(exchange(server.port(), "GET /healthz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");

            done.countDown();
            assertThat(response(scrape)).endsWith("\r\n\r\nup 1\n");
        }
    }

    @Test
    void aScraperThatDoesNotReadDelaysNoOther() throws IOException {
        String text = "a_metric 1\n".repeat(500_000);
        try (SmallHttpServer metrics = MetricsServer.start(0, () -> text)) {
            for (int i = 0; i < 12; i++) {
                open(metrics.port(), "GET /metrics HTTP/1.1\r\n\r\n");
            }
            String response = exchange(metrics.port(), "GET /metrics HTTP/1.1\r\n\r\n");
            assertThat(response.substring(response.indexOf("\r\n\r\n") + 4)).isEqualTo(text);
        }
    }

    @Test
    void namesTheOptionOfAPortThatIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> HealthServer.start(port, wrong::get, List::of))
                    .isInstanceOf(PortUnavailable.class)
                    .hasMessage("Port `" + port + "` of `REDIS_ACCESS_HEALTH_PORT` is not available: Address already in"
                            + " use. Set `REDIS_ACCESS_HEALTH_PORT` to a free port");
            assertThatThrownBy(() -> MetricsServer.start(port, () -> ""))
                    .isInstanceOf(PortUnavailable.class)
                    .hasMessageContaining("`REDIS_ACCESS_METRICS_PORT`");
        }
    }

    private static String awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "up 1\n";
    }

    private Socket open(int port, String sent) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        clients.add(client);
        client.setSoTimeout(PATIENCE_MILLIS);
        try {
            client.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException closed) {
            // The server has refused it before all was sent.
        }
        return client;
    }

    /** One request on a connection of its own. */
    private String exchange(int port, String request) throws IOException {
        try (Socket client = open(port, request)) {
            return response(client);
        }
    }

    /** The head, and as much of a body as it announces. */
    private static String response(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        String length = head.toString().replaceFirst("(?s).*Content-Length: (\\d+).*", "$1");
        byte[] body = in.readNBytes(Integer.parseInt(length));
        return head + new String(body, StandardCharsets.UTF_8);
    }

    private static boolean isClosedByServer(Socket client) {
        try {
            while (client.getInputStream().read() >= 0) {
                // A response that was not requested here.
            }
            return true;
        } catch (SocketException reset) {
            return true;
        } catch (IOException stillOpen) {
            return false;
        }
    }
}
