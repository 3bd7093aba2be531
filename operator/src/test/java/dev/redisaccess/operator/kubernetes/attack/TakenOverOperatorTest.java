package dev.redisaccess.operator.kubernetes.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.kubernetes.ApiServer;
import dev.redisaccess.operator.kubernetes.InstalledChart;
import dev.redisaccess.operator.kubernetes.OnApiServer;
import dev.redisaccess.operator.kubernetes.Specimens;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator that was taken over does what its permissions allow, and no more than its policies allow. */
@OnApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TakenOverOperatorTest {

    private static final String ONLY_OWN = "must change and delete only ConfigMaps and Secrets of its own";
    private static final String ONLY_FOR_BINDINGS =
            "must write only ConfigMaps and Secrets that have a RedisAccessBinding";
    private static final String ONLY_THAT_TYPE = "must write only Secrets of the type `servicebinding.io/redis`";
    private static final String ONLY_METADATA = "must change only the metadata and the status";

    private final ApiServer api;
    private final InstalledChart chart;
    private final String namespace;
    private Attacker operator;

    TakenOverOperatorTest(ApiServer api) {
        this.api = api;
        this.chart = new InstalledChart(api);
        this.namespace = api.newNamespace();
    }

    @BeforeAll
    void install() {
        chart.apply(
                "azure.clientId=00000000-0000-0000-0000-0000000000aa",
                "serviceBinding.enabled=true",
                "tokenRequests.audiences={api://AzureADTokenExchange,api://AKSIdentityBinding}");
        operator = Attacker.operator(api, chart, namespace);
        api.kubectl().run("create", "serviceaccount", "orders", "-n", namespace);
        asAdmin(Manifests.binding("orders-cache"));
        asAdmin(Manifests.database(namespace));
        operator.awaitRefusal(
                ONLY_FOR_BINDINGS, Manifests.plain("ConfigMap", "x"), "create", "--dry-run=server", "-f", "-");
        operator.awaitRefusal(
                ONLY_METADATA,
                "",
                patch("rab", "orders-cache", "{spec: {deletionPolicy: Retain}}", "--dry-run=server"));
        operator.awaitRefusal(
                ONLY_THAT_TYPE,
                own("Secret", "x").replace("servicebinding.io/redis", "Opaque"),
                "create",
                "--dry-run=server",
                "-f",
                "-");
        operator.awaitRefusal(
                "its own ServiceAccount",
                "",
                token(chart.namespace(), chart.namespace(), "--audience=api://AzureADTokenExchange"));
    }

    @AfterAll
    void uninstall() {
        api.kubectl().run("delete", "redisdb", namespace);
        chart.close();
    }

    @Test
    void rewritesNoForeignConfigMap() {
        asAdmin("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: coredns}\ndata: {Corefile: x}\n");

        operator.isRefused(ONLY_OWN, "", patch("cm", "coredns", "{data: {Corefile: evil}}"));
        operator.isRefused(
                ONLY_OWN, own("ConfigMap", "coredns"), "apply", "--server-side", "--force-conflicts", "-f", "-");
        operator.isRefused(ONLY_OWN, "", "delete", "cm", "coredns");
        assertThat(api.kubectl().run("get", "cm", "coredns", "-n", namespace, "-o", "yaml"))
                .contains("Corefile: x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConfigMap", "Secret"})
    void createsOnlyWhatBelongsToABinding(String kind) {
        String uid = Manifests.uid(api, namespace, "orders-cache");
        String owner = Manifests.owner(api, namespace, "orders-cache");
        List<String> refused = List.of(
                Manifests.plain(kind, "x"),
                Manifests.labelled(kind, "x", uid),
                Manifests.controlled(kind, "x", "another-uid", owner),
                Manifests.controlled(kind, "x", uid, owner.replace("controller: true", "controller: false")),
                Manifests.controlled(kind, "x", uid, owner.replace("kind: RedisAccessBinding", "kind: RedisDatabase")),
                Manifests.controlled(
                        kind, "x", uid, owner.replace("apiVersion: redisaccess.dev/", "apiVersion: example.com/")));

        assertThat(refused).allSatisfy(manifest -> {
            operator.isRefused(ONLY_FOR_BINDINGS, manifest, "create", "-f", "-");
            operator.isRefused(ONLY_FOR_BINDINGS, manifest, "apply", "--server-side", "-f", "-");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConfigMap", "Secret"})
    void doesItsWork(String kind) {
        String manifest = own(kind, "work");

        operator.succeeds(manifest, "apply", "--server-side", "-f", "-");
        operator.succeeds(manifest + "data: {a: YQ==}\n", "apply", "--server-side", "-f", "-");
        operator.succeeds("", patch(kind, "work", "{data: {a: null}}"));
        operator.isRefused(
                ONLY_FOR_BINDINGS, "", patch(kind, "work", "{metadata: {labels: {redisaccess.dev/binding: null}}}"));
        operator.isRefused(ONLY_FOR_BINDINGS, "", patch(kind, "work", "{metadata: {ownerReferences: null}}"));
        operator.succeeds("", "delete", kind, "work");
    }

    /** After a restore the label is that of the former binding, and the owner is missing. */
    @Test
    void takesOverWhatWasRestored() {
        asAdmin(Manifests.configMap("restored", "former-uid"));

        operator.succeeds(own("ConfigMap", "restored"), "apply", "--server-side", "--force-conflicts", "-f", "-");
    }

    /** After a restore of what an earlier version of the operator wrote: neither owner nor label. */
    @Test
    void takesOverWhatOnlySaysThatItIsManaged() {
        asAdmin("apiVersion: v1\nkind: ConfigMap\n"
                + "metadata: {name: managed, labels: {app.kubernetes.io/managed-by: redis-access-operator}}\n");

        operator.succeeds(own("ConfigMap", "managed"), "apply", "--server-side", "--force-conflicts", "-f", "-");
    }

    /** By an earlier version of the operator. */
    @Test
    void takesOverWhatHasAnOwnerAndNoLabel() {
        asAdmin("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: former, ownerReferences: [%s]}\n"
                .formatted(Manifests.owner(api, namespace, "orders-cache")));

        operator.succeeds(own("ConfigMap", "former"), "apply", "--server-side", "--force-conflicts", "-f", "-");
    }

    /** The token in such a Secret is that of any ServiceAccount, without an audience and without an end. */
    @Test
    void createsNoSecretWithATokenOfAServiceAccount() {
        String manifest = own("Secret", "token")
                .replace("servicebinding.io/redis", "kubernetes.io/service-account-token")
                .replace("metadata: {", "metadata: {annotations: {kubernetes.io/service-account.name: orders}, ");

        operator.isRefused(ONLY_THAT_TYPE, manifest, "create", "-f", "-");
        operator.isRefused(ONLY_THAT_TYPE, manifest, "apply", "--server-side", "-f", "-");
        operator.isRefused(ONLY_THAT_TYPE, manifest.replaceAll("(?m)^type: .*", "type: Opaque"), "create", "-f", "-");
    }

    @Test
    void changesNoForeignSecret() {
        api.kubectl().run("create", "secret", "generic", "foreign", "-n", namespace, "--from-literal=password=x");

        // Two policies refuse it, and the API server returns the first.
        operator.isRefused(
                "The Redis Access Operator must ", "", patch("secret", "foreign", "{data: {password: eQ==}}"));
        operator.isRefused("The Redis Access Operator must ", "", "delete", "secret", "foreign");
    }

    static Stream<String> specs() {
        return Stream.of(
                "{spec: {deletionPolicy: Retain}}",
                "{spec: {clientId: 00000000-0000-0000-0000-0000000000ee}}",
                "{spec: {verification: {mode: Disabled}}, metadata: {finalizers: [redisaccess.dev/access]}}");
    }

    @ParameterizedTest
    @MethodSource("specs")
    void changesNoSpecOfABinding(String patch) {
        operator.isRefused(ONLY_METADATA, "", patch("rab", "orders-cache", patch));
    }

    @Test
    void admitsNoNamespaceToADatabase() {
        operator.isRefused(
                ONLY_METADATA, "", patch("redisdb", namespace, "{spec: {allowedNamespaces: {selector: {}}}}"));
    }

    @Test
    void writesFinalizers() {
        operator.succeeds("", patch("rab", "orders-cache", "{metadata: {finalizers: [redisaccess.dev/access]}}"));
        operator.succeeds("", patch("rab", "orders-cache", "{metadata: {finalizers: null}}"));
        operator.succeeds("", patch("redisdb", namespace, "{metadata: {finalizers: [redisaccess.dev/in-use]}}"));
        operator.succeeds("", patch("redisdb", namespace, "{metadata: {finalizers: null}}"));
    }

    @Test
    void requestsTokensForTheConfiguredAudiencesOnly() {
        operator.succeeds("", token(namespace, "orders", "--audience=api://AzureADTokenExchange"));
        operator.succeeds("", token(namespace, "orders", "--audience=api://AKSIdentityBinding"));
        operator.isRefused(
                "the chart's value `tokenRequests.audiences`: api://AzureADTokenExchange, api://AKSIdentityBinding.",
                "",
                token(namespace, "orders", "--audience=vault"));
    }

    @Test
    void requestsNoTokenOfItsOwnServiceAccount() {
        operator.isRefused(
                "must not request tokens of its own ServiceAccount `" + chart.namespace() + "`",
                "",
                token(chart.namespace(), chart.namespace(), "--audience=api://AzureADTokenExchange"));
    }

    /** The API server compares the expressions with the schemas of what they are evaluated on. */
    @Test
    void thePoliciesFitTheirObjects() {
        for (String policy : List.of("audience", "label", "published", "secrets", "spec", "status")) {
            assertThat(api.kubectl()
                            .run("get", "validatingadmissionpolicy", chart.namespace() + "-" + policy, "-o", "yaml"))
                    .doesNotContain("expressionWarnings");
        }
    }

    private String own(String kind, String name) {
        return Manifests.published(kind, name, api, namespace, "orders-cache");
    }

    private void asAdmin(String manifest) {
        api.kubectl().runWith(manifest, "apply", "-n", namespace, "-f", "-");
    }

    /** The patch is YAML. */
    private static String[] patch(String kind, String name, String patch, String... more) {
        return Stream.concat(
                        Stream.of(
                                "patch",
                                kind,
                                name,
                                "--type=merge",
                                "-p",
                                Specimens.yaml(patch).toString()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static String[] token(String namespace, String name, String... more) {
        return Stream.concat(Stream.of("create", "token", name, "-n", namespace), Stream.of(more))
                .toArray(String[]::new);
    }
}
