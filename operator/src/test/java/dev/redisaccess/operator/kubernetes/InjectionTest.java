package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pod with the annotation after admission by the chart's policies. */
@OnApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MALFORMED = "`redisaccess.dev/env-from` must be a comma-separated list of names";
    private static final String ENV_FROM_LIMIT =
            "The annotation `redisaccess.dev/env-from` must list at most 16 names, and have at most 4096 characters.";
    private static final String CONTAINERS_LIMIT = ENV_FROM_LIMIT.replace("env-from", "containers");
    private static final String POD_LIMIT =
            "A pod with the annotation `redisaccess.dev/env-from` must have at most 32 containers";
    private static final String LABEL = "azure.workload.identity/use";
    private static final String IDENTITY_BINDING = "azure.workload.identity/use-identity-binding";

    /** An evaluation of each would take tens of seconds of CPU. */
    private static final int MANY = 200;

    private static final String TWO_CONTAINERS = """
            initContainers: [{name: prepare, image: x}]
            containers: [{name: web, image: x}, {name: worker, image: x, envFrom: [{secretRef: {name: own}}]}]
            """;

    private final ApiServer api;
    private final InstalledChart chart;
    private final String namespace;

    InjectionTest(ApiServer api) {
        this.api = api;
        this.chart = new InstalledChart(api);
        this.namespace = api.newNamespace();
    }

    @BeforeAll
    void install() {
        int minor =
                Integer.parseInt(api.client().getKubernetesVersion().getMinor().replaceAll("\\D.*", ""));
        assumeTrue(minor >= 36, "MutatingAdmissionPolicy is on by default from Kubernetes 1.36");
        chart.apply(
                "azure.clientId=00000000-0000-0000-0000-0000000000aa",
                "identityBindings.enabled=true",
                "azure.credential=identity-binding");
        // Both policies take effect some moments after they were made.
        await().atMost(PATIENCE).until(() -> !create(pod("containers: [{name: web, image: x}]", "env-from", "No Name"))
                .succeeded());
        await().atMost(PATIENCE).until(() -> !admitted("containers: [{name: web, image: x}]", "env-from", "cache")
                .at("/spec/containers/0/envFrom")
                .isMissingNode());
    }

    @AfterAll
    void uninstall() {
        chart.close();
    }

    @Test
    void addsTheConfigMapAndTheLabel() {
        JsonNode pod = admitted("containers: [{name: web, image: x}]", "env-from", "orders-cache");

        assertThat(sources(pod)).containsExactly("web: orders-cache");
        assertThat(pod.at("/metadata/labels").get(LABEL).asText()).isEqualTo("true");
    }

    @Test
    void addsTheAnnotationOfAnIdentityBindingWhereTheNamespaceHasTheLabel() {
        String spec = "containers: [{name: web, image: x}]";
        assertThat(identityBinding(pod(spec, "env-from", "cache"))).isEmpty();

        labelNamespace("redisaccess.dev/identity-bindings=true");
        try {
            await().atMost(PATIENCE)
                    .until(() -> identityBinding(pod(spec, "env-from", "cache")).equals("true"));
            assertThat(identityBinding(pod(spec))).as("without injection").isEmpty();
            ObjectNode direct = pod(spec, "env-from", "cache");
            direct.withObject("/metadata/annotations").put(IDENTITY_BINDING, "false");
            assertThat(identityBinding(direct)).isEqualTo("false");
        } finally {
            labelNamespace("redisaccess.dev/identity-bindings-");
        }
    }

    private void labelNamespace(String label) {
        api.kubectl().run("label", "namespace", namespace, label);
    }

    private String identityBinding(ObjectNode pod) {
        return admitted(pod).at("/metadata/annotations").path(IDENTITY_BINDING).asText();
    }

    @Test
    void addsAListToEveryContainerButNotToInitContainers() {
        JsonNode pod = admitted(TWO_CONTAINERS, "env-from", "orders-cache, sessions");

        assertThat(sources(pod))
                .containsExactly("web: orders-cache,sessions", "worker: secret/own,orders-cache,sessions", "prepare: ");
    }

    @Test
    void addsOnlyToTheContainersThatAreNamed() {
        JsonNode pod = admitted(TWO_CONTAINERS, "env-from", "orders-cache", "containers", "worker, prepare");

        assertThat(sources(pod)).containsExactly("web: ", "worker: secret/own,orders-cache", "prepare: orders-cache");
    }

    @Test
    void doesNotAddWhatIsThere() {
        JsonNode once = admitted(TWO_CONTAINERS, "env-from", "orders-cache,sessions");
        ObjectNode again = pod(TWO_CONTAINERS, "env-from", "orders-cache,sessions");
        again.set("spec", once.get("spec"));
        again.withObject("/metadata").set("labels", once.at("/metadata/labels"));

        JsonNode twice = admitted(again);

        assertThat(twice.get("spec")).isEqualTo(once.get("spec"));
        assertThat(twice.at("/metadata/labels")).isEqualTo(once.at("/metadata/labels"));
    }

    @Test
    void addsItAlongsideTheSameConfigMapWithAPrefix() {
        JsonNode pod = admitted(
                "containers: [{name: web, image: x, envFrom: [{prefix: OLD_, configMapRef: {name: cache}}]}]",
                "env-from",
                "cache");

        assertThat(sources(pod)).containsExactly("web: OLD_cache,cache");
    }

    @Test
    void keepsOtherLabelsAndALabelThatSaysNo() {
        ObjectNode pod = pod("containers: [{name: web, image: x}]", "env-from", "cache");
        pod.withObject("/metadata/labels").put("app", "orders").put(LABEL, "false");

        JsonNode labels = admitted(pod).at("/metadata/labels");

        assertThat(labels.get("app").asText()).isEqualTo("orders");
        assertThat(labels.get(LABEL).asText()).isEqualTo("false");
    }

    @Test
    void leavesPodsWithoutTheAnnotationAlone() {
        JsonNode none = admitted(TWO_CONTAINERS);
        JsonNode other = admitted(TWO_CONTAINERS, "other", "orders-cache");

        for (JsonNode pod : List.of(none, other)) {
            assertThat(sources(pod)).containsExactly("web: ", "worker: secret/own", "prepare: ");
            assertThat(pod.at("/metadata/labels").has(LABEL)).isFalse();
        }
    }

    @Test
    void reachesThePodsOfADeployment() {
        api.kubectl().runWith(deployment("orders", "orders-cache"), "apply", "-n", namespace, "-f", "-");

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode pods =
                    Specimens.yaml(api.kubectl().run("get", "pods", "-n", namespace, "-l", "app=orders", "-o", "yaml"));
            assertThat(pods.get("items")).singleElement().satisfies(pod -> assertThat(sources(pod))
                    .containsExactly("web: orders-cache"));
        });
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesAnAnnotationThatIsWrong(String[] annotations, String message) {
        Tool.Run run = create(pod(TWO_CONTAINERS, annotations));

        assertThat(run.succeeded()).isFalse();
        assertThat(run.text()).contains(message);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(MALFORMED, "env-from", ""),
                refusal(MALFORMED, "env-from", "Orders"),
                refusal(MALFORMED, "env-from", "a,,b"),
                refusal(MALFORMED, "env-from", "a b"),
                refusal(MALFORMED, "env-from", "a/b"),
                refusal(MALFORMED, "env-from", "a".repeat(254)),
                refusal("must name each ConfigMap once", "env-from", "cache, cache"),
                refusal("(web, worker, prepare), but is `wrk`.", "env-from", "cache", "containers", "wrk"),
                refusal("(web, worker, prepare), but is ``.", "env-from", "cache", "containers", ""),
                refusal("has no effect without `redisaccess.dev/env-from`", "containers", "web"),
                refusal(ENV_FROM_LIMIT, "env-from", names(17)),
                refusal(ENV_FROM_LIMIT, "env-from", "a" + " ".repeat(4096)),
                refusal(ENV_FROM_LIMIT, "env-from", names(38_000)),
                refusal(ENV_FROM_LIMIT, "env-from", ",".repeat(200_000)),
                refusal(CONTAINERS_LIMIT, "env-from", "cache", "containers", names(17)),
                refusal(CONTAINERS_LIMIT, "env-from", "cache", "containers", names(38_000)),
                refusal(CONTAINERS_LIMIT, "containers", names(38_000)));
    }

    /** Each policy with a list that it reads would need seconds for it: only the one about the size responds. */
    @Test
    void refusesATemplateThatIsTooLargeBySizeAlone() {
        Tool.Run run = api.kubectl()
                .call(deployment("large", names(38_000)), "create", "--dry-run=server", "-n", namespace, "-f", "-");

        assertThat(run.succeeded()).isFalse();
        assertThat(run.text()).contains(ENV_FROM_LIMIT).doesNotContain(MALFORMED, "must name each ConfigMap once");
    }

    static Stream<Arguments> largePods() {
        String container = "{name: c%d, image: x}";
        String envFrom = "{configMapRef: {name: m%d}}";
        return Stream.of(
                Arguments.of("containers: [" + list(container, 33) + "]"),
                Arguments.of("containers: [{name: web, image: x}], initContainers: [" + list(container, 33) + "]"),
                Arguments.of("containers: [{name: web, image: x, envFrom: [" + list(envFrom, 49) + "]}]"),
                Arguments.of("containers: [" + list(container, 5_000) + "]"),
                Arguments.of("containers: [{name: web, image: x, envFrom: [" + list(envFrom, 20_000) + "]}]"));
    }

    /** Each name is searched for in each of them. */
    @ParameterizedTest
    @MethodSource("largePods")
    void refusesAnAnnotatedPodThatIsTooLarge(String spec) {
        Tool.Run run = create(pod("{" + spec + "}", "env-from", names(16)));

        assertThat(run.succeeded()).isFalse();
        assertThat(run.text()).contains(POD_LIMIT).doesNotContain("cost limit");
        assertThat(create(pod("{" + spec + "}")).text())
                .as("without the annotation")
                .doesNotContain("denied request");
    }

    @Test
    void admitsAnAnnotatedPodOfTheLargestSize() {
        String containers =
                list("{name: c%d, image: x, envFrom: [" + list("{configMapRef: {name: m%d}}", 32) + "]}", 32);
        ObjectNode pod = pod("{containers: [" + containers + "]}", "env-from", names(16));

        assertThat(admitted(pod).at("/spec/containers/31/envFrom")).hasSize(48);
    }

    private static String list(String format, int count) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining(", "));
    }

    @Test
    void admitsAsManyNamesAsTheLimitSays() {
        JsonNode pod = admitted("containers: [{name: web, image: x}]", "env-from", names(16));

        assertThat(sources(pod)).containsExactly("web: " + names(16));
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    }

    @Test
    void refusesADeploymentWhenItIsApplied() {
        Tool.Run run = api.kubectl().call(deployment("wrong", "Orders"), "apply", "-n", namespace, "-f", "-");

        assertThat(run.succeeded()).isFalse();
        assertThat(run.text()).contains(MALFORMED);
    }

    /** With bindings as parameters the API server evaluates a policy once for each: then every pod costs more with each binding. */
    @Test
    void noPolicyOfPodsHasParameters() {
        JsonNode policies = Specimens.yaml(
                api.kubectl().run("get", "validatingadmissionpolicies,mutatingadmissionpolicies", "-o", "yaml"));

        assertThat(policies.get("items")).isNotEmpty().allSatisfy(policy -> {
            if (policy.at("/spec/matchConstraints").toString().contains("\"pods\"")) {
                assertThat(policy.at("/spec/paramKind").isMissingNode())
                        .as(policy.at("/metadata/name").asText())
                        .isTrue();
            }
        });
    }

    /** The figures are in docs/guides/injection.md. The bound is far above them, and far below what an evaluation per binding takes. */
    @Test
    void aPodCostsTheSameAmongManyBindings() {
        String bindings =
                IntStream.range(0, MANY).mapToObj(i -> """
                        ---
                        apiVersion: redisaccess.dev/v1alpha1
                        kind: RedisAccessBinding
                        metadata: {name: many-%1$d}
                        spec: {databaseRef: {name: cache}, serviceAccountName: web-%1$d, federation: IdentityBinding}
                        """.formatted(i)).collect(Collectors.joining());
        String large =
                "containers: [{name: web, image: x, env: [" + list("{name: V%d, value: some-value}", 5_000) + "]}]";
        Duration before = fastest(large);
        api.kubectl().runWith(bindings, "create", "-n", namespace, "-f", "-");

        assertThat(fastest(large)).isLessThan(before.multipliedBy(3).plusSeconds(1));
    }

    /** The shortest of some admissions: the machine's other work only adds to it. */
    private Duration fastest(String spec) {
        ObjectNode pod = pod(spec, "env-from", "cache");
        return Stream.generate(() -> {
                    Instant began = Instant.now();
                    admitted(pod);
                    return Duration.between(began, Instant.now());
                })
                .limit(3)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Arguments refusal(String message, String... annotations) {
        return Arguments.of(annotations, message);
    }

    private static String deployment(String name, String configMaps) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}, annotations: {redisaccess.dev/env-from: "%2$s"}}
                    spec: {containers: [{name: web, image: x}]}
                """.formatted(name, configMaps);
    }

    /** Names without the group, each followed by its value. */
    private static ObjectNode pod(String spec, String... annotations) {
        ObjectNode pod = (ObjectNode) Specimens.yaml("{apiVersion: v1, kind: Pod, metadata: {generateName: pod-}}");
        pod.set("spec", Specimens.yaml(spec));
        for (int i = 0; i < annotations.length; i += 2) {
            pod.withObject("/metadata/annotations").put("redisaccess.dev/" + annotations[i], annotations[i + 1]);
        }
        return pod;
    }

    private JsonNode admitted(String spec, String... annotations) {
        return admitted(pod(spec, annotations));
    }

    private JsonNode admitted(ObjectNode pod) {
        Tool.Run run = create(pod);
        assertThat(run.succeeded()).as(run.text()).isTrue();
        return Specimens.yaml(run.text());
    }

    /** All of admission, without a pod that stays. */
    private Tool.Run create(ObjectNode pod) {
        return api.kubectl()
                .call(pod.toString(), "create", "-n", namespace, "--dry-run=server", "-o", "json", "-f", "-");
    }

    /** Where each container has its environment from, in order; init containers last. */
    private static List<String> sources(JsonNode pod) {
        List<String> sources = new ArrayList<>();
        for (String kind : List.of("containers", "initContainers")) {
            pod.at("/spec/" + kind).forEach(container -> {
                List<String> names = new ArrayList<>();
                container.path("envFrom").forEach(source -> names.add(name(source)));
                sources.add(container.get("name").asText() + ": " + String.join(",", names));
            });
        }
        return sources;
    }

    private static String name(JsonNode source) {
        return source.has("secretRef")
                ? "secret/" + source.at("/secretRef/name").asText()
                : source.path("prefix").asText()
                        + source.at("/configMapRef/name").asText();
    }
}
