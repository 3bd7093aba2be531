package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
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
    void addsTheAnnotationOfAnIdentityBindingWhereABindingRequiresIt() {
        String spec = "serviceAccountName: orders\ncontainers: [{name: web, image: x}]";
        bind("by-identity-binding", "orders", "IdentityBinding");
        bind("by-federated-credential", "orders", "Direct");
        bind("of-another", "web", "IdentityBinding");

        await().atMost(PATIENCE).until(() -> isByIdentityBinding(spec, "by-identity-binding"));
        assertThat(isByIdentityBinding(spec, "by-identity-binding,sessions")).isTrue();
        assertThat(isByIdentityBinding(spec, "by-federated-credential")).isFalse();
        assertThat(isByIdentityBinding(spec, "of-another")).isFalse();
        assertThat(isByIdentityBinding(spec, "unknown")).isFalse();
    }

    private void bind(String name, String account, String federation) {
        api.kubectl().runWith("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessBinding
                metadata: {name: %s, namespace: %s}
                spec: {databaseRef: {name: orders}, serviceAccountName: %s, federation: %s}
                """.formatted(name, namespace, account, federation), "apply", "-f", "-");
    }

    private boolean isByIdentityBinding(String spec, String configMaps) {
        return admitted(spec, "env-from", configMaps)
                .at("/metadata/annotations")
                .path("azure.workload.identity/use-identity-binding")
                .asText()
                .equals("true");
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

    /** Their variables would replace each other. The API server looks at one binding at a time, so it goes by the order. */
    @Test
    void warnsOfASecondBindingWithoutAPrefix() {
        bind("first", "{}");
        bind("second", "{configMapName: second-env}");
        bind("with-prefix", "{prefix: CARTS_}");
        String warning = "set `spec.environment.prefix` in RedisAccessBinding `second`.";

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(applied("first,second-env")).contains("Warning:", warning));

        assertThat(applied("with-prefix, second-env")).contains(warning);
        assertThat(applied("own-config,first,second-env")).contains(warning, "in RedisAccessBinding `first`.");
        for (String fine :
                List.of("first", "second-env", "first,with-prefix", "second-env, with-prefix", "first,second")) {
            assertThat(applied(fine)).doesNotContain("Warning");
        }
    }

    private void bind(String name, String environment) {
        String binding = """
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessBinding
                metadata: {name: %s}
                spec: {databaseRef: {name: cache}, serviceAccountName: web, environment: %s}
                """.formatted(name, environment);
        api.kubectl().runWith(binding, "apply", "-n", namespace, "-f", "-");
    }

    /** The output of kubectl, which succeeds. */
    private String applied(String configMaps) {
        return api.kubectl()
                .runWith(deployment("warned", configMaps), "apply", "--dry-run=server", "-n", namespace, "-f", "-");
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
