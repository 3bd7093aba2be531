package dev.redisaccess.systemtest.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.emulator.tls.CertificateAuthority;
import dev.redisaccess.launcher.OperatorEnvironment;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each alert that the chart ships is provoked, fires in a real Prometheus, and ends when its cause does; then each query of the
 * dashboard has data. The rules are the shipped ones with shorter times, and with a threshold of memory that this operator
 * exceeds: its container has no limit here.
 */
class AlertsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String VERIFIED_EACH_MINUTE = "verification: {periodSeconds: 60}";

    private final LocalPlatform platform = LocalPlatform.of("fast", "", Map.of());
    private final int metricsPort = Prometheus.freePort();
    private final List<String> provoked = new ArrayList<>();
    private Path bundle;
    private String authorities;
    private Prometheus prometheus;
    private OperatorProcess operator;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Prometheus.isAvailable(), Prometheus.ABSENT);
        platform.startWithoutOperator("fast");
        bundle = platform.directory().resolve("bundle.pem");
        authorities = Files.readString(Path.of(platform.azure().endpoints().caFile()));
        Files.writeString(bundle, authorities);
    }

    @AfterEach
    void stop() throws IOException {
        if (prometheus != null) {
            prometheus.close();
        }
        if (operator != null) {
            operator.close();
        }
        if (bundle != null) {
            platform.closeWithoutOperator();
        }
    }

    @Test
    void eachAlertFiresAndEnds() throws Exception {
        try {
            provokeAll();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "Provoked so far: " + provoked + ". The operator's log ends with:\n"
                            + String.join("\n", operator.process().tail(40).lines()),
                    wrong);
        }
    }

    private void provokeAll() throws Exception {
        String rules = shipped("rules.yaml");
        Tenant tenant = platform.tenant("shop").withDatabase().allowOperator().registered();
        noLeader(rules);
        fires("RedisAccessMemoryNearLimit"); // It ends with the process.

        List<BindingView> bindings = bindings(tenant);
        notReady(tenant);
        leftovers(tenant);
        refused(tenant);
        paused();
        database(tenant, bindings);
        certificateOfTheBundle();
        dashboard(tenant, bindings);
        down();

        ends("RedisAccessMemoryNearLimit");
        assertThat(new TreeSet<>(provoked)).isEqualTo(new TreeSet<>(names(rules)));
        System.out.println("provoked " + provoked);
    }

    /** Another holder, which does not exist, has the Lease for an hour: the operator runs, and waits. */
    private void noLeader(String rules) throws IOException {
        holdLease();
        operator = startOperator();
        await("metrics").atMost(PATIENCE).ignoreExceptions().until(() -> metric("redisaccess_leader") == 0);
        prometheus = Prometheus.start(
                platform.newDirectory("prometheus-"), metricsPort, shortened(rules, memoryUsed() * 1.03));
        fires("RedisAccessNoLeader");
        lease().delete();
        ends("RedisAccessNoLeader");
    }

    private void holdLease() {
        platform.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("redis-access-operator")
                        .withNamespace(OperatorEnvironment.NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("another")
                        .withLeaseDurationSeconds(15)
                        .withAcquireTime(ZonedDateTime.now())
                        .withRenewTime(ZonedDateTime.now().plusHours(1))
                        .withLeaseTransitions(0)
                        .endSpec()
                        .build())
                .create();
    }

    private Resource<Lease> lease() {
        return platform.client()
                .leases()
                .inNamespace(OperatorEnvironment.NAMESPACE)
                .withName("redis-access-operator");
    }

    private static List<BindingView> bindings(Tenant tenant) {
        List<BindingView> bindings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tenant.workload("workload-" + i);
            bindings.add(tenant.bind("binding-" + i, "workload-" + i, VERIFIED_EACH_MINUTE));
        }
        bindings.forEach(BindingView::awaitReady);
        return bindings;
    }

    private void notReady(Tenant tenant) {
        BindingView binding = tenant.bind("forgotten", "no-such-account");
        fires("RedisAccessBindingsNotReady");
        binding.delete();
        ends("RedisAccessBindingsNotReady");
    }

    /** A binding that was lost, as in a restore from backup. */
    private void leftovers(Tenant tenant) {
        ManagedIdentity lost = tenant.identity("lost");
        String name = LocalPlatform.assignmentName(lost.objectId());
        tenant.assignedByOthers(name, lost.objectId(), Optional.of("+@all ~* &*"));
        fires("RedisAccessLeftoverAssignments");
        tenant.unassignedByOthers(name);
        ends("RedisAccessLeftoverAssignments");
    }

    /** The role is lost while a binding is new. */
    private void refused(Tenant tenant) {
        int role = fault(
                ".*",
                new FaultAction(403, error("AuthorizationFailed"), Map.of(), 0, false, false, false, false, false, 0));
        tenant.workload("late");
        BindingView late = tenant.bind("late", "late");
        fires("RedisAccessAzureRefused");
        fires("RedisAccessDatabasesNotReady");
        platform.azure().faults().remove(role);
        late.awaitReady();
        ends("RedisAccessDatabasesNotReady");
        ends("RedisAccessAzureRefused");
        late.delete();
        late.awaitGone();
    }

    private void paused() {
        int quota = fault(
                "GET",
                new FaultAction(
                        429,
                        error("TooManyRequests"),
                        Map.of("Retry-After", "5"),
                        0,
                        false,
                        false,
                        false,
                        false,
                        false,
                        0));
        fires("RedisAccessAzurePaused");
        platform.azure().faults().remove(quota);
        ends("RedisAccessAzurePaused");
    }

    /** With one cause, because a verification is due once a minute at most. */
    private void database(Tenant tenant, List<BindingView> bindings) throws Exception {
        var authority = CertificateAuthority.openOrCreate(
                Path.of(platform.azure().endpoints().caFile()).getParent());
        tenant.redis().fault(new RedisFault.ServeCertificate(authority.expiredServerKeys(List.of("localhost"))));
        fires("RedisAccessServerCertificateExpiring");
        fires("RedisAccessDatabaseVerificationFailing");
        tenant.redis().clearFaults();
        ends("RedisAccessDatabaseVerificationFailing");
        ends("RedisAccessServerCertificateExpiring");
        bindings.forEach(BindingView::awaitReady);
    }

    /** One more certificate, which ends in five days. */
    private void certificateOfTheBundle() throws Exception {
        Path store = platform.directory().resolve("soon.p12");
        keytool(store, "-genkeypair", "-alias", "soon", "-keyalg", "RSA", "-dname", "CN=soon", "-validity", "5");
        String soon = keytool(store, "-exportcert", "-alias", "soon", "-rfc");
        Files.writeString(bundle, soon, StandardOpenOption.APPEND);
        fires("RedisAccessCaBundleExpiring");
        Files.writeString(bundle, authorities);
        ends("RedisAccessCaBundleExpiring");
    }

    private static String keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                "not-a-secret",
                "-storetype",
                "PKCS12"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    /** With an exchange that fails, so that everything that the dashboard shows has happened. */
    private void dashboard(Tenant tenant, List<BindingView> bindings) throws IOException {
        platform.azure()
                .faults()
                .add(new FaultRule(
                        Service.ENTRA,
                        "POST",
                        "/token$",
                        tenant.workload("workload-0").clientId(),
                        0,
                        2,
                        new FaultAction(503, null, Map.of(), 0, false, false, false, false, false, 0)));
        await("a failed exchange")
                .atMost(PATIENCE)
                .until(() -> prometheus
                                .values("sum(increase(redisaccess_token_exchange_failures_total[10m])) > 0")
                                .size()
                        == 1);
        bindings.forEach(BindingView::awaitReady);
        List<String> without = new ArrayList<>();
        for (String query : queries(new ObjectMapper().readTree(shipped("dashboard.json")))) {
            String now = query.replace("$__rate_interval", "10m").replace("$namespace", ".*");
            if (prometheus.values(now).stream().allMatch(value -> value.isNaN())) {
                without.add(query);
            }
        }
        assertThat(without).as("queries without data").isEmpty();
    }

    private static List<String> queries(JsonNode dashboard) {
        List<String> queries = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> panel.path("targets")
                .forEach(target -> queries.add(target.path("expr").asText())));
        assertThat(queries).hasSizeGreaterThan(20);
        return queries;
    }

    private void down() {
        operator.close();
        fires("RedisAccessOperatorDown");
        operator = startOperator();
        ends("RedisAccessOperatorDown");
    }

    private void fires(String alert) {
        await(alert + " to fire").atMost(PATIENCE).untilAsserted(() -> assertThat(prometheus.firing())
                .contains(alert));
        provoked.add(alert);
    }

    private void ends(String alert) {
        await("the end of " + alert).atMost(PATIENCE).untilAsserted(() -> assertThat(prometheus.firing())
                .doesNotContain(alert));
    }

    private OperatorProcess startOperator() {
        return platform.startProcess(
                "operator",
                Map.of(
                        "REDIS_ACCESS_METRICS_PORT",
                        Integer.toString(metricsPort),
                        "REDIS_ACCESS_CA_BUNDLE",
                        bundle.toString()));
    }

    private int fault(String methods, FaultAction action) {
        return platform.azure()
                .faults()
                .add(new FaultRule(Service.ARM, methods, "/redisEnterprise/", "", 0, 0, action));
    }

    private static JsonNode error(String code) {
        return TextNode.valueOf("{\"error\": {\"code\": \"" + code + "\", \"message\": \"Provoked.\"}}");
    }

    private double memoryUsed() {
        return metric("process_resident_memory_bytes") / metric("redisaccess_memory_limit_bytes");
    }

    private double metric(String name) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    /** Seconds for minutes and hours; 20 seconds for the window of rates. */
    private static String shortened(String rules, double memory) {
        String shortened = rules.replaceAll("(?m)^( *for:) .*$", "$1 2s")
                .replaceAll("\\[\\d+m\\]", "[20s]")
                .replace("redisaccess_memory_limit_bytes > 0.9", "redisaccess_memory_limit_bytes > " + memory);
        assertThat(shortened).contains("> " + memory).doesNotContain("for: 5m", "[15m]");
        return shortened;
    }

    private static List<String> names(String rules) {
        return Pattern.compile("- alert: (\\w+)")
                .matcher(rules)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toList());
    }

    private static String shipped(String file) throws IOException {
        try (InputStream in = AlertsIT.class.getResourceAsStream("/monitoring/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
