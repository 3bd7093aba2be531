package dev.redisaccess.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorConfigTest {

    private static final Map<String, String> WEBHOOK = Map.of(
            "AZURE_TENANT_ID", "DDDDDDDD-0000-0000-0000-000000000001",
            "AZURE_CLIENT_ID", "cccccccc-0000-0000-0000-000000000001",
            "AZURE_FEDERATED_TOKEN_FILE", "/var/run/token");

    @Test
    void needsOnlyWhatTheWorkloadIdentityWebhookSets() {
        OperatorConfig config = OperatorConfig.from(WEBHOOK);
        assertThat(config.azure().tenantId()).isEqualTo("dddddddd-0000-0000-0000-000000000001");
        assertThat(config.azure().federatedTokenFile()).contains(Path.of("/var/run/token"));
        assertThat(config.azure().authorityHost()).isEqualTo(URI.create("https://login.microsoftonline.com/"));
        assertThat(config.azure().resourceManager()).isEqualTo(URI.create("https://management.azure.com/"));
        assertThat(config.watchNamespaces()).isEmpty();
        assertThat(config.healthPort()).isEqualTo(8080);
        assertThat(config.verificationConcurrency()).isEqualTo(16);
    }

    @Test
    void readsListsAndAddsTheSlashThatUrlsNeed() {
        OperatorConfig config = OperatorConfig.from(with(Map.of(
                "REDIS_ACCESS_WATCH_NAMESPACES", "shop, billing ,",
                "AZURE_AUTHORITY_HOST", "https://localhost:8443")));
        assertThat(config.watchNamespaces()).isEqualTo(Set.of("shop", "billing"));
        assertThat(config.azure().authorityHost()).isEqualTo(URI.create("https://localhost:8443/"));
    }

    @Test
    void reportsEverythingThatIsWrongAtOnceAndNoValue() {
        assertThatThrownBy(() -> OperatorConfig.from(
                        Map.of("AZURE_TENANT_ID", "my-secret-tenant", "REDIS_ACCESS_HEALTH_PORT", "70000")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContainingAll(
                        "`AZURE_TENANT_ID` must be a GUID",
                        "`AZURE_CLIENT_ID` must be set",
                        "`AZURE_FEDERATED_TOKEN_FILE` must be set",
                        "If the cluster has no such webhook, set the chart's values `azure.federatedToken=Projected`",
                        "`REDIS_ACCESS_HEALTH_PORT` must be a port")
                .hasMessageNotContaining("my-secret-tenant");
    }

    @Test
    void needsNoTokenFileForAManagedIdentity() {
        OperatorConfig config = OperatorConfig.from(Map.of(
                "AZURE_TENANT_ID", "dddddddd-0000-0000-0000-000000000001",
                "REDIS_ACCESS_CREDENTIAL", "managed-identity"));
        assertThat(config.azure().credential()).isEqualTo(CredentialKind.MANAGED_IDENTITY);
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128, http://proxy.example:3128",
        "http://proxy.example/, http://proxy.example:80",
        "proxy.example:3128, http://proxy.example:3128",
        "HTTP://me:p%40ss@proxy.example, http://me:p%40ss@proxy.example:80",
        "http://[::1]:3128, http://[::1]:3128"
    })
    void readsTheProxyWithItsPort(String given, URI proxy) {
        for (String name : new String[] {"HTTPS_PROXY", "https_proxy"}) {
            OperatorConfig config = OperatorConfig.from(with(Map.of(name, given, "NO_PROXY", "10.0.0.0/8, .svc")));
            assertThat(config.proxy().url()).contains(proxy);
            assertThat(config.proxy().exceptions()).containsExactly("10.0.0.0/8", ".svc");
            assertThat(config.toString()).doesNotContain("p%40ss").doesNotContain("p@ss");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, https://me:s3cret@proxy.example:3128",
        "HTTPS_PROXY, socks5://proxy.example",
        "HTTPS_PROXY, http://proxy.example:0",
        "HTTPS_PROXY, http://proxy.example:99999",
        "HTTPS_PROXY, http:// proxy",
        "https_proxy, http://"
    })
    void namesTheVariableOfAProxyThatIsNone(String name, String value) {
        assertThatThrownBy(() -> OperatorConfig.from(with(Map.of(name, value))))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageStartingWith("`" + name + "` must be an http URL")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "http://collector.monitoring:4318, http://collector.monitoring:4318/v1/traces",
        "https://collector.example/, https://collector.example/v1/traces",
        "http://[::1]:4318/otlp/v1/traces, http://[::1]:4318/otlp/v1/traces"
    })
    void readsTheCollectorWithItsPath(String given, URI collector) {
        assertThat(OperatorConfig.from(with(Map.of("REDIS_ACCESS_TRACES_ENDPOINT", given)))
                        .tracesEndpoint())
                .contains(collector);
    }

    @Test
    void hasNoTracesByDefaultAndNoneForEmptyText() {
        assertThat(OperatorConfig.from(WEBHOOK).tracesEndpoint()).isEmpty();
        assertThat(OperatorConfig.from(with(Map.of("REDIS_ACCESS_TRACES_ENDPOINT", " ")))
                        .tracesEndpoint())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AZURE_AUTHORITY_HOST, http://plain.example",
        "REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT, not a url",
        "REDIS_ACCESS_REDIS_SCOPE, https://redis.azure.com",
        "REDIS_ACCESS_CREDENTIAL, password",
        "REDIS_ACCESS_WATCH_NAMESPACES, Not_A_Namespace",
        "REDIS_ACCESS_VERIFICATION_CONCURRENCY, 0",
        "REDIS_ACCESS_HEALTH_PORT, many",
        "REDIS_ACCESS_TRACES_ENDPOINT, collector:4318",
        "REDIS_ACCESS_TRACES_ENDPOINT, grpc://collector:4317",
        "REDIS_ACCESS_TRACES_ENDPOINT, http://me:secret@collector:4318",
        "REDIS_ACCESS_TRACES_ENDPOINT, http://collector:4318?tenant=1",
        "REDIS_ACCESS_TRACES_ENDPOINT, http://collector:99999",
        "REDIS_ACCESS_TRACES_ENDPOINT, http://",
        "REDIS_ACCESS_LOG_LEVEL, loud",
        "REDIS_ACCESS_LOG_FORMAT, xml"
    })
    void refusesWhatBreaksTheRuleOfAnOption(String name, String value) {
        assertThatThrownBy(() -> OperatorConfig.from(with(Map.of(name, value))))
                .hasMessageStartingWith("`" + name + "` must ");
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(WEBHOOK);
        all.putAll(more);
        return all;
    }
}
