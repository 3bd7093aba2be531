package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exit code and the last log line of a process with an environment that can't work. */
class BadEnvironmentTest {

    private static final Map<String, String> GOOD = Map.of(
            "AZURE_TENANT_ID", "00000000-0000-0000-0000-0000000000ff",
            "REDIS_ACCESS_CREDENTIAL", "managed-identity",
            "REDIS_ACCESS_HEALTH_PORT", "0",
            "REDIS_ACCESS_METRICS_PORT", "0");

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({
        "AZURE_TENANT_ID, contoso, must be a GUID",
        "REDIS_ACCESS_CREDENTIAL, password, 'must be `workload-identity`, `identity-binding`, `managed-identity` or `developer`'",
        "REDIS_ACCESS_WATCH_NAMESPACES, Shop, 'must be names of namespaces, separated by commas'",
        "REDIS_ACCESS_CA_BUNDLE, /nowhere/ca.crt, must be a readable PEM file",
        "REDIS_ACCESS_LOG_LEVEL, loud, 'must be `error`, `warn`, `info` or `debug`'",
        // The log itself is not available: it is reported all the same.
        "REDIS_ACCESS_LOG_FORMAT, xml, must be `text` or `json`"
    })
    void namesTheOption(String option, String value, String mustHold) throws IOException {
        Exit finding = runOn("36", Map.of(option, value));

        assertThat(finding.exitCode()).as(finding.log()).isEqualTo(2);
        assertThat(finding.lastLine()).contains("Invalid configuration: `" + option + "` " + mustHold);
    }

    @Test
    void namesAllOfThemInOneLine() throws IOException {
        Exit finding = runOn("36", Map.of("AZURE_TENANT_ID", "contoso", "REDIS_ACCESS_HEALTH_PORT", "many"));

        assertThat(finding.lastLine()).contains("`AZURE_TENANT_ID` must be", "; `REDIS_ACCESS_HEALTH_PORT` must be");
    }

    @Test
    void namesTheVersionOfAnApiServerThatIsTooOld() throws IOException {
        Exit finding = runOn("30+", Map.of());

        assertThat(finding.exitCode()).as(finding.log()).isEqualTo(6);
        assertThat(finding.lastLine()).contains("The API server is Kubernetes 1.30, and must be 1.31 or newer");
    }

    private record Exit(int exitCode, String log) {

        String lastLine() {
            return log.lines().reduce((before, line) -> line).orElse("");
        }
    }

    /** On an API server that serves its version and nothing else. */
    private Exit runOn(String minor, Map<String, String> more) throws IOException {
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/version", exchange -> {
            byte[] version =
                    "{\"major\":\"1\",\"minor\":\"%s\"}".formatted(minor).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, version.length);
            exchange.getResponseBody().write(version);
            exchange.close();
        });
        api.start();
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put("KUBECONFIG", kubeconfig(api.getAddress().getPort()).toString());
        environment.put("HOME", home.toString());
        environment.putAll(more);
        try (UnpackagedOperator operator = UnpackagedOperator.start(environment, home.resolve("log"))) {
            return new Exit(operator.exitCode(), operator.log());
        } finally {
            api.stop(0);
        }
    }

    private Path kubeconfig(int port) throws IOException {
        return Files.writeString(home.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: operator, user: {token: "none"}}]
                contexts: [{name: test, context: {cluster: test, user: operator}}]
                current-context: test
                """.formatted(port));
    }
}
