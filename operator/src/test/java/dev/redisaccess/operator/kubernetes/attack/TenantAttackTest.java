package dev.redisaccess.operator.kubernetes.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.kubernetes.ApiServer;
import dev.redisaccess.operator.kubernetes.InstalledChart;
import dev.redisaccess.operator.kubernetes.OnApiServer;
import dev.redisaccess.operator.kubernetes.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant writes what only the operator may write: status, and the label of its ConfigMaps and Secrets. */
@OnApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantAttackTest {

    private static final String STATUS = "writes the status of RedisAccessBindings and RedisDatabases.";
    private static final String LABEL = "sets, changes or removes the label `redisaccess.dev/binding`";
    private static final String FORGED = """
            {"status": {"identity": {"objectId": "00000000-0000-0000-0000-0000000000ee"},
             "assignment": {"name": "terraforms", "origin": "Created"}}}
            """;

    private final ApiServer api;
    private final InstalledChart chart;
    private final String namespace;
    private Attacker operator;
    private Attacker owner;
    private Attacker editor;

    TenantAttackTest(ApiServer api) {
        this.api = api;
        this.chart = new InstalledChart(api);
        this.namespace = api.newNamespace();
    }

    @BeforeAll
    void install() {
        chart.apply(
                "azure.clientId=00000000-0000-0000-0000-0000000000aa",
                "serviceBinding.enabled=true",
                "admissionPolicies.exemptUsers={backup}");
        operator = Attacker.operator(api, chart, namespace);
        owner = Attacker.owner(api, namespace);
        editor = Attacker.editor(api, namespace);
        api.kubectl().runWith(Manifests.binding("orders-cache"), "apply", "-n", namespace, "-f", "-");
        owner.awaitRefusal(STATUS, "", patchStatus("rab", "orders-cache", "--dry-run=server"));
        owner.awaitRefusal(LABEL, Manifests.configMap("probe", "x"), "create", "--dry-run=server", "-f", "-");
    }

    @AfterAll
    void uninstall() {
        chart.close();
    }

    @Test
    void writesNoStatusWithEveryVerbOnEveryResource() {
        owner.isRefused(STATUS, "", patchStatus("rab", "orders-cache"));
        owner.isRefused(
                STATUS,
                Manifests.binding("orders-cache") + "status: {observedGeneration: 7}\n",
                "apply",
                "--server-side",
                "--force-conflicts",
                "--subresource=status",
                "-f",
                "-");
        owner.isRefused("is forbidden", "", patchStatus("rab", "orders-cache", "--type=json", "-p", """
                [{"op": "add", "path": "/status", "value": {"observedGeneration": 7}}]"""));
    }

    @Test
    void writesNoStatusWithTheRoleEdit() {
        editor.isRefused("resource \"redisaccessbindings/status\"", "", patchStatus("rab", "orders-cache"));
    }

    /** Users who write RedisDatabases are of the platform team; the status is output all the same. */
    @Test
    void writesNoStatusOfADatabaseWithEveryVerbInTheCluster() {
        String platform = "platform-" + namespace;
        api.kubectl().runWith(Manifests.database(namespace), "apply", "-f", "-");
        api.kubectl().runWith("""
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: ClusterRole
                        metadata: {name: %s}
                        rules: [{apiGroups: [redisaccess.dev], resources: ["*"], verbs: ["*"]}]
                        """.formatted(platform), "apply", "-f", "-");
        api.kubectl().run("create", "clusterrolebinding", platform, "--clusterrole=" + platform, "--user=" + platform);
        api.awaitPermission(platform, "patch", "redisdatabases", "--subresource=status");

        new Attacker(api.kubectl(), platform, namespace).isRefused(STATUS, "", patchStatus("redisdb", namespace));

        api.kubectl().run("delete", "clusterrolebinding,clusterrole", platform);
        api.kubectl().run("delete", "redisdb", namespace);
    }

    /** The status of an object that is created is dropped by the API server; the default of the CRD takes its place. */
    @Test
    void createsNoBindingWithAStatus() {
        owner.succeeds(Manifests.binding("born") + "status: {observedGeneration: 7}\n", "create", "-f", "-");

        assertThat(api.kubectl().run("get", "rab", "born", "-n", namespace, "-o", "yaml"))
                .doesNotContain("observedGeneration: 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConfigMap", "Secret"})
    void createsNoObjectWithTheLabel(String kind) {
        for (Attacker tenant : List.of(owner, editor)) {
            tenant.isRefused(LABEL, Manifests.labelled(kind, "mine", "x"), "create", "-f", "-");
            tenant.isRefused(LABEL, Manifests.labelled(kind, "mine", ""), "create", "-f", "-");
            tenant.isRefused(LABEL, Manifests.labelled(kind, "mine", "x"), "apply", "--server-side", "-f", "-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConfigMap", "Secret"})
    void labelsNoObjectOfItsOwn(String kind) {
        owner.succeeds(Manifests.plain(kind, "plain"), "create", "-f", "-");

        owner.isRefused(LABEL, "", "label", kind, "plain", "redisaccess.dev/binding=x");
        owner.isRefused(LABEL, "", "label", kind, "plain", "redisaccess.dev/binding=");
        owner.succeeds("", "label", kind, "plain", "team=orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConfigMap", "Secret"})
    void changesNoLabelOfThePublishedObject(String kind) {
        String name = publish(kind, "published");

        owner.isRefused(LABEL, "", "label", "--overwrite", kind, name, "redisaccess.dev/binding=x");
        owner.isRefused(LABEL, "", "label", kind, name, "redisaccess.dev/binding-");
        owner.isRefused(LABEL, Manifests.plain(kind, name), "replace", "-f", "-");
    }

    /** Users who may edit a ConfigMap may edit this one; the operator restores it. */
    @ParameterizedTest
    @ValueSource(strings = {"ConfigMap", "Secret"})
    void stillEditsAndDeletesThePublishedObject(String kind) {
        String name = publish(kind, "edited");

        editor.succeeds("", "annotate", kind, name, "example.com/note=x");
        editor.succeeds("", "label", kind, name, "team=orders");
        editor.succeeds("", "delete", kind, name);
    }

    @Test
    void deletesItsBindingWithWhatWasPublishedForIt() {
        api.kubectl().runWith(Manifests.binding("short-lived"), "apply", "-n", namespace, "-f", "-");
        operator.succeeds(
                Manifests.published("ConfigMap", "short-lived", api, namespace, "short-lived"), "create", "-f", "-");

        editor.succeeds("", "delete", "rab", "short-lived");

        await().atMost(Duration.ofSeconds(60)).until(() -> !api.kubectl()
                .run("get", "cm", "-n", namespace, "-o", "name")
                .contains("configmap/short-lived"));
    }

    /** The deletion of a namespace deletes everything in it, labelled or not. */
    @Test
    void deletesANamespaceWithPublishedObjects() {
        String doomed = api.newNamespace();
        api.kubectl().runWith(Manifests.configMap("published", "x"), "create", "-n", doomed, "-f", "-");

        api.kubectl().run("delete", "namespace", doomed, "--timeout=60s");
    }

    @Test
    void restoresFromABackupWhenExempt() {
        Attacker backup = Attacker.bound(api, "backup", namespace, "clusterrole=admin");

        backup.succeeds(Manifests.configMap("restored", "former-uid"), "create", "-f", "-");
        api.kubectl().runWith(Manifests.configMap("restored-too", "former-uid"), "create", "-n", namespace, "-f", "-");
    }

    /** Its times would be older than the operator's own: after a restart they decide what is revoked. */
    @Test
    void restoresNoAccessReportThoughExempt() {
        api.kubectl()
                .run(
                        "create",
                        "clusterrolebinding",
                        namespace + "-backup",
                        "--clusterrole=cluster-admin",
                        "--user=backup");
        api.awaitPermission("backup", "create", "redisaccessreports");
        String report = """
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessReport
                metadata: {name: restored.%s.1}
                report: {database: restored, installation: 0123456789abcdef, page: 1, pages: 1, entries: []}
                """.formatted(namespace);

        Tool.Run created = api.kubectl().call(report, "--as", "backup", "create", "-f", "-");

        assertThat(created.succeeded()).isFalse();
        assertThat(created.text()).contains("writes RedisAccessReports.");
        api.kubectl().runWith(report, "create", "-f", "-");
    }

    private String publish(String kind, String prefix) {
        String name = prefix + "-" + kind.toLowerCase(Locale.ROOT);
        operator.succeeds(Manifests.published(kind, name, api, namespace, "orders-cache"), "create", "-f", "-");
        return name;
    }

    private static String[] patchStatus(String kind, String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("patch", kind, name, "--subresource=status"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("-p")) {
            arguments.addAll(List.of("--type=merge", "-p", FORGED));
        }
        return arguments.toArray(String[]::new);
    }
}
