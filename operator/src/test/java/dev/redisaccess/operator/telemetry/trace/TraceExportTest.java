package dev.redisaccess.operator.telemetry.trace;

import static dev.redisaccess.operator.telemetry.trace.TracedBinding.created;
import static dev.redisaccess.operator.telemetry.trace.TracedBinding.key;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.azure.FakeClock;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.Telemetry.TokenCall;
import dev.redisaccess.operator.binding.port.Telemetry.WorkKind;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** OTLP over HTTP, against a receiver of the test. */
class TraceExportTest {

    private static final RedisAccessBinding ORDERS = created("orders", FakeClock.START);
    private static final Traces.Source SOURCE = new Traces.Source("1.2.3", "redis-access-system", "pod-1");

    private final FakeClock clock = new FakeClock();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(TraceExport.class);
    private HttpServer collector;

    private record Received(String path, String contentType, String body) {}

    @BeforeEach
    void start() throws IOException {
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        log.start();
        logger.addAppender(log);
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    new String(body, StandardCharsets.ISO_8859_1)));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
        collector.stop(0);
    }

    @Test
    void sendsWhatHappenedAndNoIdOfAnIdentity() throws Exception {
        try (TraceExport export = export(url())) {
            becomeReady(export.telemetry());

            Received request = received.poll(20, TimeUnit.SECONDS);
            assertThat(request).isNotNull();
            assertThat(request.path()).isEqualTo("/v1/traces");
            assertThat(request.contentType()).isEqualTo("application/x-protobuf");
            assertThat(request.body())
                    .contains(
                            "binding to Ready",
                            "identify",
                            "queue",
                            "Entra token exchange",
                            "EntraUnavailable",
                            "redisaccess.binding.name",
                            "orders-cache",
                            "service.name",
                            "redis-access-operator",
                            "1.2.3",
                            "pod-1")
                    .doesNotContain(TracedBinding.PRINCIPAL.value(), "grant", "verify");
        }
    }

    @Test
    void sendsTheLastTracesWhenTheOperatorEnds() throws Exception {
        TraceExport export = export(url());
        becomeReady(export.telemetry());
        export.close();

        assertThat(received.poll()).isNotNull();
    }

    @Test
    void logsOneLineForACollectorThatRefusesAndOneWhenItTakesTracesAgain() throws Exception {
        status.set(400);
        try (TraceExport export = export(url())) {
            for (int attempt = 0; attempt < 3; attempt++) {
                becomeReady(export.telemetry());
                assertThat(received.poll(20, TimeUnit.SECONDS)).isNotNull();
            }
            status.set(200);
            becomeReady(export.telemetry());
            Awaitility.await().until(() -> logged().size() >= 3);
        }
        assertThat(logged())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("INFO Traces of bindings are sent to " + url()),
                        line -> assertThat(line)
                                .startsWith("WARN Traces are dropped until " + url() + " accepts them")
                                .contains("HTTP status code 400"),
                        line -> assertThat(line).isEqualTo("INFO Traces are sent to " + url() + " again"));
    }

    /** A server that accepts connections and answers nothing: neither a pass nor the end waits for it. */
    @Test
    void waitsForNoCollector() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            TraceExport export = export(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/v1/traces"));
            // More spans than the queue has room for.
            for (int binding = 0; binding < 3_000; binding++) {
                becomeReady(export.telemetry());
            }
            Instant began = Instant.now();
            export.close();
            assertThat(Duration.between(began, Instant.now())).isLessThan(TraceExport.LAST.plusSeconds(20));
        }
    }

    /** Of this collector: an exporter of another test may still be at its end. */
    private List<String> logged() {
        return List.copyOf(log.list).stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .filter(line -> line.contains(url().toString()))
                .toList();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
    }

    private TraceExport export(URI url) {
        TrustedAuthorities authorities = TrustedAuthorities.jvmDefault();
        return TraceExport.to(
                url, new Traces.Trust(authorities.sslContext(), authorities.trustManager()), SOURCE, clock);
    }

    private void becomeReady(Telemetry telemetry) {
        telemetry.passStarted(ORDERS);
        telemetry.workStarted(key("orders"), WorkKind.IDENTIFICATION, Duration.ofMillis(3));
        telemetry.tokenCallEnded(
                TokenCall.TOKEN_EXCHANGE, Duration.ofMillis(40), Optional.of(Reason.ENTRA_UNAVAILABLE));
        telemetry.workEnded(key("orders"), WorkKind.IDENTIFICATION, Optional.of(Reason.ENTRA_UNAVAILABLE));
        telemetry.statusWritten(ORDERS, Finding.of(Reason.READY, "-"));
    }
}
