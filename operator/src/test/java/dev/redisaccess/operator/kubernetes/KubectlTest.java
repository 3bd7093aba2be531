package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The output of kubectl. */
@OnApiServer
class KubectlTest {

    private static final String BINDING = """
            apiVersion: redisaccess.dev/v1alpha1
            kind: RedisAccessBinding
            metadata: {name: orders-cache}
            spec: {databaseRef: {name: orders-cache}, serviceAccountName: orders}
            ---
            apiVersion: redisaccess.dev/v1alpha1
            kind: RedisAccessBinding
            metadata: {name: sessions}
            spec: {databaseRef: {name: sessions-cache}, serviceAccountName: web}
            """;

    private static final String STATUS = """
            {"status": {"observedGeneration": 1,
              "conditions": [
                {"type": "DatabaseResolved", "status": "True", "reason": "DatabaseRunning", "message": "",
                 "lastTransitionTime": "2026-11-23T10:00:00Z"},
                {"type": "Ready", "status": "False", "reason": "GrantingAccess", "message": "Azure is at it.",
                 "lastTransitionTime": "2026-11-23T10:00:00Z"}],
              "endpoint": {"host": "orders.westus2.redis.azure.net", "port": 10000},
              "identity": {"clientId": "00000000-0000-0000-0000-00000000000a"}}}""";

    private final Tool kubectl;
    private final String namespace;

    KubectlTest(ApiServer api) {
        this.kubectl = api.kubectl();
        this.namespace = api.newNamespace();
    }

    @BeforeEach
    void apply() {
        kubectl.runWith(BINDING, "apply", "-n", namespace, "-f", "-");
        patchStatus(STATUS);
    }

    @Test
    void showsTheColumnsOfABinding() {
        List<String> lines = lines("get", "rab", "orders-cache");

        assertThat(words(lines.get(0))).containsExactly("NAME", "READY", "REASON", "DATABASE", "AGE");
        assertThat(words(lines.get(1)))
                .startsWith("orders-cache", "False", "GrantingAccess", "orders-cache")
                .hasSize(5);
    }

    @Test
    void showsMoreColumnsWithWideOutput() {
        List<String> lines = lines("get", "rab", "orders-cache", "-o", "wide");

        assertThat(words(lines.get(0)))
                .containsExactly(
                        "NAME", "READY", "REASON", "DATABASE", "AGE", "ENDPOINT", "CLIENT", "ID", "SERVICE", "ACCOUNT");
        assertThat(words(lines.get(1)))
                .endsWith("orders.westus2.redis.azure.net", "00000000-0000-0000-0000-00000000000a", "orders");
    }

    @Test
    void showsTheColumnsOfADatabase() {
        String database = "kubectl-" + namespace;
        kubectl.runWith("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisDatabase
                metadata: {name: %s}
                spec: {resourceId: %s}
                """.formatted(database, Specimens.RESOURCE_ID), "apply", "-f", "-");

        assertThat(words(lines("get", "redisdb", database).get(0)))
                .containsExactly("NAME", "READY", "REASON", "HOST", "POLICY", "AGE");
        List<String> wide = lines("get", "redisdb", database, "-o", "wide");
        assertThat(words(wide.get(0))).endsWith("AGE", "ACCESS", "KEYS", "RESOURCE", "ID");
        assertThat(wide.get(1)).endsWith(Specimens.RESOURCE_ID);
    }

    @Test
    void selectsByDatabaseAndByServiceAccount() {
        assertThat(names("--field-selector", "spec.databaseRef.name=sessions-cache"))
                .containsExactly("sessions");
        assertThat(names("--field-selector", "spec.serviceAccountName=orders")).containsExactly("orders-cache");
        assertThat(names("--field-selector", "spec.serviceAccountName=missing")).isEmpty();
    }

    @Test
    void refusesAFieldSelectorThatIsNoSuchField() {
        Tool.Run run =
                kubectl.call("", "get", "rab", "-n", namespace, "--field-selector", "spec.deletionPolicy=Retain");

        assertThat(run.succeeded()).isFalse();
        assertThat(run.text()).contains("field label not supported: spec.deletionPolicy");
    }

    @Test
    void listsBothKindsByTheirCategory() {
        assertThat(kubectl.run("get", "redisaccess", "-n", namespace, "-o", "name"))
                .contains("redisaccessbinding.redisaccess.dev/orders-cache");
    }

    @Test
    void waitsForReady() {
        patchStatus(STATUS.replace("\"False\"", "\"True\"").replace("GrantingAccess", "Ready"));

        kubectl.run("wait", "--for=condition=Ready", "rab/orders-cache", "-n", namespace, "--timeout=30s");
    }

    @Test
    void describesWhatHoldsAndWhatNot() {
        String text = kubectl.run("describe", "rab", "orders-cache", "-n", namespace);

        assertThat(text)
                .contains("Kind:         RedisAccessBinding")
                .containsSubsequence("Spec:", "Database Ref:", "Deletion Policy:", "Service Account Name:")
                .containsSubsequence(
                        "Status:", "Conditions:", "Message:", "Azure is at it.", "Reason:", "GrantingAccess")
                .containsSubsequence("Endpoint:", "Host:", "orders.westus2.redis.azure.net", "Port:", "10000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rab",
                "rab.spec",
                "rab.spec.databaseRef",
                "rab.spec.verification",
                "rab.spec.environment",
                "rab.status",
                "rab.status.conditions",
                "rab.status.assignment",
                "rab.status.identity",
                "rab.status.verification.latencyMillis",
                "redisdb",
                "redisdb.spec",
                "redisdb.spec.allowedNamespaces",
                "redisdb.spec.allowedNamespaces.selector.matchExpressions",
                "redisdb.status",
                "redisdb.status.endpoint",
            })
    void explainsEveryField(String path) {
        assertThat(kubectl.run("explain", path))
                .contains("DESCRIPTION:", "FIELDS:")
                .doesNotContain("<no description>", "<empty>");
    }

    @Test
    void warnsOfAMisspeltField() {
        Tool.Run run = kubectl.call(
                BINDING.replace("serviceAccountName: orders", "serviceAccountName: orders, serviceAcount: x"),
                "apply",
                "-n",
                namespace,
                "-f",
                "-");

        assertThat(run.succeeded()).isFalse();
        assertThat(run.text()).contains("unknown field \"spec.serviceAcount\"");
    }

    private void patchStatus(String patch) {
        kubectl.run(
                "patch", "rab", "orders-cache", "-n", namespace, "--subresource=status", "--type=merge", "-p", patch);
    }

    private List<String> names(String... selection) {
        String[] arguments = concat(new String[] {"get", "rab", "-n", namespace, "-o", "name"}, selection);
        return kubectl.run(arguments)
                .lines()
                .map(line -> line.substring(line.indexOf('/') + 1))
                .toList();
    }

    private List<String> lines(String... arguments) {
        return kubectl.run(concat(arguments, "-n", namespace)).lines().toList();
    }

    private static String[] concat(String[] first, String... second) {
        String[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static List<String> words(String line) {
        return List.of(line.trim().split("\\s+"));
    }
}
