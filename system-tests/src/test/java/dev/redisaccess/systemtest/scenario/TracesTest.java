package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.redisaccess.launcher.OperatorProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The operator as a process, with a collector and without one; one after the other, because one of them leads. */
@Execution(ExecutionMode.SAME_THREAD)
class TracesTest {

    private static final LocalPlatform PLATFORM = new LocalPlatform();
    private static final String LIBRARY = "io.opentelemetry.";

    @BeforeAll
    static void start() throws Exception {
        PLATFORM.startWithoutOperator("fast");
    }

    @AfterAll
    static void stop() throws Exception {
        PLATFORM.closeWithoutOperator();
    }

    @Test
    void sendsOneTraceOfABindingThatBecomesReady() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        Path classes = PLATFORM.newDirectory("classes-").resolve("loaded");
        Map<String, String> options = Map.of(
                "REDIS_ACCESS_TRACES_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort(),
                "JAVA_TOOL_OPTIONS",
                classLog(classes));
        try (OperatorProcess operator = PLATFORM.startProcess("operator", options)) {
            String objectId = becomesReady("traced");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(received).isNotEmpty());

            assertThat(received).allSatisfy(request -> assertThat(request).startsWith("application/x-protobuf "));
            assertThat(String.join("", received))
                    .contains(
                            "binding to Ready",
                            "redis-access-operator",
                            "redisaccess.binding.namespace",
                            "traced",
                            "identify",
                            "Kubernetes token request",
                            "Entra token exchange",
                            "grant",
                            "ARM write assignment",
                            "ARM read assignment",
                            "verify",
                            "Redis login")
                    .doesNotContain(objectId, objectId.replace("-", ""), "eyJ");
            assertThat(Files.readString(classes)).contains(LIBRARY);
            assertThat(operator.process().isAlive()).isTrue();
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void loadsNothingOfOpenTelemetryWithoutACollector() throws Exception {
        Path classes = PLATFORM.newDirectory("classes-").resolve("loaded");
        try (OperatorProcess operator =
                PLATFORM.startProcess("operator", Map.of("JAVA_TOOL_OPTIONS", classLog(classes)))) {
            becomesReady("untraced");
            assertThat(operator.process().isAlive()).isTrue();
        }
        assertThat(Files.readString(classes))
                .contains("dev.redisaccess.operator.telemetry.TransitionReporter ")
                .doesNotContain(LIBRARY, "dev.redisaccess.operator.telemetry.trace.TraceExport");
    }

    /** Returns the object ID of its workload. */
    private static String becomesReady(String name) {
        Tenant tenant = PLATFORM.tenant(name).withDatabase().registered();
        String objectId = tenant.workload("orders").objectId();
        tenant.bind("cache", "orders").awaitReady();
        return objectId;
    }

    private static String classLog(Path file) {
        return "-Xlog:class+load:file=" + file;
    }
}
