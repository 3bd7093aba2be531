package dev.redisaccess.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.status.Conditions;
import dev.redisaccess.operator.status.Readiness;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chain of a binding, the differences of a pod, and the surface of the commands. */
class CommandsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private static Ran run(String... arguments) {
        return Ran.of(
                context -> {
                    throw new CommandFailure(ExitCode.NOT_READ, "There is no cluster.");
                },
                arguments);
    }

    private static RedisAccessBinding broken(ConditionType link, Reason reason) {
        RedisAccessBinding binding = Samples.binding("shop", "orders-cache", "orders", Samples.objectId(1));
        Map<ConditionType, Finding> reached = new EnumMap<>(ConditionType.class);
        for (ConditionType before : Readiness.LINKS.subList(0, Readiness.LINKS.indexOf(link))) {
            reached.put(before, Finding.of(Reason.READY, "It holds."));
        }
        reached.put(link, Finding.of(reason, "What was found."));
        RedisAccessBindingStatus was = binding.getStatus();
        binding.setStatus(new RedisAccessBindingStatus(
                1L,
                Conditions.of(Readiness.complete(reached), 1, null, NOW),
                was.endpoint(),
                was.identity(),
                was.assignment(),
                null,
                null,
                null));
        return binding;
    }

    private static Chain.Facts facts(RedisAccessBinding binding) {
        return new Chain.Facts(binding, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** The broken link is marked, with the catalogue's meaning and remedy, and every link after it waits. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void theBrokenLinkIsExplainedFromTheCatalogue(Reason reason) {
        ConditionType link = reason.condition();
        if (!Readiness.LINKS.contains(link) || !"False".equals(reason.status().text())) {
            return;
        }
        Chain chain = Chain.of(facts(broken(link, reason)));

        assertThat(chain.ready()).isFalse();
        assertThat(chain.title()).isEqualTo("RedisAccessBinding shop/orders-cache is not ready");
        int at = Readiness.LINKS.indexOf(link);
        Chain.Link found = chain.links().get(at);
        assertThat(found.mark()).isEqualTo(Mark.BROKEN);
        assertThat(found.text()).startsWith(reason.text() + ": ");
        assertThat(found.help())
                .anyMatch(line -> line.equals("What to do: " + reason.remedy().replace("`", "'")));
        assertThat(chain.links().subList(0, at)).allMatch(before -> before.mark() == Mark.HOLDS);
        assertThat(chain.links().subList(at + 1, chain.links().size())).allMatch(after -> after.mark() == Mark.NOTE);
    }

    @Test
    void aGenerationThatWasNotProcessedIsSaidFirst() {
        RedisAccessBinding binding = broken(ConditionType.ACCESS_GRANTED, Reason.ASSIGNMENT_CONFLICT);
        binding.getMetadata().setGeneration(2L);
        assertThat(Chain.of(facts(binding)).links().get(0).text()).startsWith("has not processed generation 2 yet");
    }

    private static Pod pod(String spec, String label) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: orders-1, labels: {%s}}
                spec: {%s}
                status: {containerStatuses: [{name: app, state: {running: {startedAt: "2026-11-28T11:00:00Z"}}}]}
                """.formatted(label, spec), Pod.class);
    }

    private static final String GOOD = "serviceAccountName: orders, containers: [{name: app,"
            + " envFrom: [{configMapRef: {name: orders-cache}}], env: [%s]}]";
    private static final String LABEL = "azure.workload.identity/use: 'true'";

    static List<org.junit.jupiter.params.provider.Arguments> pods() {
        return List.of(
                arguments(pod(GOOD.formatted(""), LABEL), "2026-11-28T10:00:00Z", ""),
                arguments(pod(GOOD.formatted(""), ""), "2026-11-28T10:00:00Z", "Label"),
                arguments(
                        pod(GOOD.formatted("").replace(": orders,", ": web,"), LABEL),
                        "2026-11-28T10:00:00Z",
                        "ServiceAccount"),
                arguments(
                        pod(GOOD.formatted("").replace("orders-cache", "other"), LABEL),
                        "2026-11-28T10:00:00Z",
                        "Environment"),
                arguments(pod(GOOD.formatted(""), LABEL), "2026-11-28T11:30:00Z", "Age"),
                arguments(
                        pod(GOOD.formatted("{name: AZURE_CLIENT_ID, value: other}"), LABEL),
                        "2026-11-28T10:00:00Z",
                        "AZURE_CLIENT_ID"),
                arguments(
                        pod(GOOD.formatted("{name: AZURE_TENANT_ID, value: other}"), LABEL),
                        "2026-11-28T10:00:00Z",
                        "AZURE_TENANT_ID"));
    }

    private static org.junit.jupiter.params.provider.Arguments arguments(Object... values) {
        return org.junit.jupiter.params.provider.Arguments.of(values);
    }

    @ParameterizedTest
    @MethodSource("pods")
    void aPodThatDiffersIsFound(Pod pod, String changed, String broken) {
        ConfigMap configMap = Serialization.unmarshal(
                "metadata: {name: orders-cache, managedFields: [{time: \"" + changed + "\"}]}", ConfigMap.class);
        List<Chain.Link> links = PodDifferences.of(
                pod, broken(ConditionType.ACCESS_GRANTED, Reason.ASSIGNMENT_CONFLICT), Optional.of(configMap));
        assertThat(links.stream().filter(link -> link.mark() == Mark.BROKEN).map(Chain.Link::name))
                .isEqualTo(broken.isEmpty() ? List.of() : List.of(broken));
        assertThat(links).filteredOn(link -> link.mark() == Mark.BROKEN).allSatisfy(link -> assertThat(link.help())
                .isNotEmpty());
    }

    @Test
    void helpNeedsNoCluster() {
        for (String command : List.of("why", "who", "report", "plan", "orphans")) {
            Ran ran = run(command, "--help");
            assertThat(ran.code()).isZero();
            assertThat(ran.out()).startsWith("Usage: kubectl redisaccess " + command);
        }
        assertThat(run("--help").out()).contains("why", "who", "report", "plan", "orphans", "generate-completion");
    }

    @Test
    void exitCodesAreAsDocumented() {
        assertThat(run("who").code()).isEqualTo(ExitCode.USAGE.code());
        Ran unknown = run("who", "orders-cache", "--kind", "Friends");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(unknown.err())
                .contains("--kind", "'Friends' is none of Bound, Adopted, Acknowledged, Leftover, Unmanaged");
        Ran unreachable = run("who", "orders-cache");
        assertThat(unreachable.code()).isEqualTo(ExitCode.NOT_READ.code());
        assertThat(unreachable.err()).contains("There is no cluster.");
        assertThat(run("generate-completion").out()).contains("kubectl-redisaccess");
    }

    @Test
    void filesAreReadWithWhatIsOddInThem() throws IOException {
        Path folder = Files.createTempDirectory("plan");
        Files.writeString(folder.resolve("a.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                ---
                ---
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessBinding
                metadata: {name: a}
                spec: {databaseRef: {name: d}, serviceAccountName: s}
                """);
        Files.writeString(folder.resolve("list.json"), """
                {"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "redisaccess.dev/v1alpha1",
                 "kind": "RedisDatabase", "metadata": {"name": "d"}, "spec": {"resourceId": "x"}}]}
                """);
        Files.writeString(folder.resolve("notes.txt"), "{{{");
        ObjectFiles files = new ObjectFiles("shop").read(folder.toString(), new ByteArrayInputStream(new byte[0]));
        assertThat(files.bindings()).singleElement().satisfies(binding -> assertThat(
                        binding.getMetadata().getNamespace())
                .isEqualTo("shop"));
        assertThat(files.databases()).hasSize(1);
        assertThat(files.skipped()).isEqualTo(1);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new ObjectFiles("shop")
                        .read("-", new ByteArrayInputStream("a: {".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is not valid YAML");
    }

    @Test
    void thePageIsGenerated() throws IOException {
        Path page = Path.of(System.getProperty("repository.root")).resolve(CommandPages.PATH);
        assertThat(Files.readString(page)).as("run: mvn -Pgenerate").isEqualTo(CommandPages.text());
    }

    @Test
    void pageOfLibrariesIsThatOfMaven() throws IOException {
        assumeThat(CommandPages.rows()).as("only Maven writes it").exists();
        assertThat(Files.readString(CommandPages.file(CommandPages.LIBRARIES)))
                .as("run: mvn -Pgenerate")
                .isEqualTo(CommandPages.libraries());
    }
}
