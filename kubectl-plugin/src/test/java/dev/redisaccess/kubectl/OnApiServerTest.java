package dev.redisaccess.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.status.Conditions;
import dev.redisaccess.operator.status.Readiness;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real API server, by users who have the rights that the page names, and by users who lack one. */
@EnabledIfEnvironmentVariable(
        named = "KUBEBUILDER_ASSETS",
        matches = ".+",
        disabledReason = "KUBEBUILDER_ASSETS is not set, so there is no kube-apiserver.")
class OnApiServerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String AUDITOR = "auditor";
    private static final String DEVELOPER = "developer";

    /**
     * One right of a command.
     *
     * @param verb and resource with its group, as `kubectl create role` writes them
     * @param namespace empty: of the whole cluster
     */
    private record Right(String verb, String resource, String namespace) {}

    private static final List<Right> WHY = List.of(
            new Right("get", "redisaccessbindings.redisaccess.dev", "shop"),
            new Right("get", "serviceaccounts", "shop"),
            new Right("get", "configmaps", "shop"),
            new Right("list", "events", "shop"));
    private static final List<Right> WHO = List.of(
            new Right("get", "redisdatabases.redisaccess.dev", ""),
            new Right("list", "redisaccessreports.redisaccess.dev", ""));
    private static final List<Right> ORPHANS = List.of(
            new Right("list", "redisdatabases.redisaccess.dev", ""),
            new Right("list", "redisaccessreports.redisaccess.dev", ""));
    private static final List<Right> PLAN = List.of(
            new Right("list", "redisdatabases.redisaccess.dev", ""),
            new Right("list", "redisaccessbindings.redisaccess.dev", ""),
            new Right("list", "redisaccessreports.redisaccess.dev", ""));

    @TempDir
    static Path directory;

    private static ControlPlane api;

    @BeforeAll
    static void start() throws IOException {
        api = ControlPlane.start();
        api.kubectl("create", "namespace", "shop");
        api.kubectl("create", "namespace", "people");
        api.applyRolesOfTheChart();
        user(AUDITOR);
        api.kubectl(
                "create",
                "clusterrolebinding",
                AUDITOR,
                "--clusterrole=redis-access-operator-auditor",
                "--serviceaccount=people:" + AUDITOR);
        user(DEVELOPER);
        api.kubectl(
                "create",
                "rolebinding",
                DEVELOPER,
                "-n",
                "shop",
                "--clusterrole=view",
                "--serviceaccount=people:developer");
        objects();
        awaitAllowed(AUDITOR, "list", "redisaccessreports.redisaccess.dev", "");
        awaitAllowed(DEVELOPER, "get", "configmaps", "shop");
        // A controller adds the chart's rules to `view`.
        awaitAllowed(DEVELOPER, "get", "redisaccessbindings.redisaccess.dev", "shop");
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
    }

    /** What an operator would have written. */
    private static void objects() {
        KubernetesClient administrator = api.client();
        RedisDatabase database = Samples.database("orders-cache", "allowedNamespaces: {names: [shop]}");
        administrator.resource(database).create();
        status("redisdatabase", "orders-cache", "default", database.getStatus());
        for (String name : List.of("healthy", "broken")) {
            RedisAccessBinding binding = Samples.binding("shop", name, "orders", Samples.objectId(1));
            administrator.resource(binding).create();
            status("redisaccessbinding", name, "shop", status(binding.getStatus(), name.equals("broken")));
        }
        Samples.pages(20).forEach(page -> administrator.resource(page).create());
        api.kubectl("create", "serviceaccount", "orders", "-n", "shop");
        api.kubectl("create", "configmap", "healthy", "-n", "shop", "--from-literal=REDIS_HOSTNAME=orders");
        api.apply("""
                apiVersion: v1
                kind: Event
                metadata: {name: broken.1, namespace: shop}
                involvedObject: {apiVersion: redisaccess.dev/v1alpha1, kind: RedisAccessBinding, name: broken, namespace: shop}
                reason: AssignmentConflict
                message: Another client created it.
                type: Warning
                lastTimestamp: "2026-11-28T12:00:00Z"
                ---
                apiVersion: v1
                kind: Event
                metadata: {name: other.1, namespace: shop}
                involvedObject: {apiVersion: v1, kind: Pod, name: broken, namespace: shop}
                reason: Unrelated
                message: This is about a pod.
                type: Normal
                lastTimestamp: "2026-11-28T12:00:00Z"
                """);
    }

    private static void status(String kind, String name, String namespace, Object status) {
        api.kubectl(
                "patch",
                kind,
                name,
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "-p",
                Serialization.asJson(Map.of("status", status)));
    }

    private static RedisAccessBindingStatus status(RedisAccessBindingStatus was, boolean broken) {
        Map<ConditionType, Finding> reached = new EnumMap<>(ConditionType.class);
        Readiness.LINKS.forEach(link -> reached.put(link, Finding.of(Reason.READY, "It holds.")));
        reached.remove(ConditionType.LEAST_PRIVILEGE_VERIFIED);
        if (broken) {
            reached.put(
                    ConditionType.ACCESS_GRANTED,
                    Finding.of(Reason.ASSIGNMENT_CONFLICT, "The assignment `by-hand` gives another access."));
        }
        return new RedisAccessBindingStatus(
                1L,
                Conditions.of(Readiness.complete(reached), 1, null, Instant.parse("2026-11-28T12:00:00Z")),
                was.endpoint(),
                was.identity(),
                was.assignment(),
                null,
                null,
                null);
    }

    @Test
    void theViewRoleOfANamespaceIsEnoughForWhy() {
        Ran healthy = run(DEVELOPER, "why", "healthy", "-n", "shop");
        assertThat(healthy.out())
                .startsWith("RedisAccessBinding shop/healthy is ready")
                .doesNotContain("Events");
        assertThat(healthy)
                .satisfies(ran -> assertThat(ran.code()).as(ran.toString()).isZero());

        Ran broken = run(DEVELOPER, "why", "broken", "-n", "shop");
        assertThat(broken.code()).isEqualTo(ExitCode.BROKEN.code());
        assertThat(broken.out())
                .contains("is not ready", "AccessGranted", "`by-hand`", Reason.ASSIGNMENT_CONFLICT.remedy())
                .contains("Another client created it.")
                .doesNotContain("This is about a pod.");

        Ran missing = run(DEVELOPER, "why", "nothing", "-n", "shop");
        assertThat(missing.code()).isEqualTo(ExitCode.NOT_READ.code());
        assertThat(missing.err()).contains("RedisAccessBinding `nothing` in namespace `shop` was not found.");
    }

    @Test
    void theAuditorsRoleIsEnoughForAllThatReadsTheWholeCluster() throws IOException {
        Ran who = run(AUDITOR, "who", "orders-cache");
        assertThat(who.code()).as(who.toString()).isZero();
        assertThat(who.out().lines()).hasSize(21).anyMatch(line -> line.contains("shop/orders-0"));
        assertThat(run(AUDITOR, "who", "orders-cache", "--kind", "Leftover")
                        .out()
                        .lines())
                .hasSize(1 + (int) leftovers());

        String[] csv =
                run(AUDITOR, "report", "orders-cache", "--format", "csv").out().split("\r\n");
        assertThat(csv).hasSize(21);
        assertThat(csv[0]).contains("objectId").contains("kind");
        JsonNode json = new ObjectMapper()
                .readTree(run(AUDITOR, "report", "orders-cache", "--format", "json")
                        .out());
        assertThat(json.path("counts").path("total").asInt()).isEqualTo(20);
        assertThat(json.path("entries")).hasSize(20);

        Ran orphans = run(AUDITOR, "orphans");
        assertThat(orphans.code()).as(orphans.toString()).isZero();
        assertThat(orphans.out().lines().filter(line -> line.startsWith("# orders-cache")))
                .hasSize((int) leftovers());

        Path same = Files.writeString(directory.resolve("same.yaml"), databaseFor("shop"));
        Ran nothing = run(AUDITOR, "plan", "-f", same.toString());
        assertThat(nothing.code()).as(nothing.toString()).isZero();
        assertThat(nothing.out()).contains("revoke: 0");
        Path other = Files.writeString(directory.resolve("other.yaml"), databaseFor("another"));
        Ran revokes = run(AUDITOR, "plan", "-f", other.toString());
        assertThat(revokes.code()).as(revokes.toString()).isEqualTo(ExitCode.REVOKES.code());
        assertThat(revokes.out()).contains("does not admit namespace shop any more");
    }

    private static long leftovers() {
        return Samples.pages(20).get(0).getReport().entries().stream()
                .filter(entry -> entry.kind() == AssignmentKind.LEFTOVER)
                .count();
    }

    private static String databaseFor(String namespace) {
        return """
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisDatabase
                metadata: {name: orders-cache}
                spec: {resourceId: %s, allowedNamespaces: {names: [%s]}}
                """.formatted(Samples.RESOURCE, namespace);
    }

    @Test
    void aMissingRightIsNamed() throws IOException {
        String file = Files.writeString(directory.resolve("plan.yaml"), databaseFor("shop"))
                .toString();
        Map<List<String>, List<Right>> commands = Map.of(
                List.of("why", "healthy", "-n", "shop"), WHY,
                List.of("who", "orders-cache"), WHO,
                List.of("report", "orders-cache"), WHO,
                List.of("orphans"), ORPHANS,
                List.of("plan", "-f", file), PLAN);
        commands.forEach((command, rights) -> {
            String user = "has-" + command.get(0);
            user(user);
            rights.forEach(right -> allow(user, right));
            rights.forEach(right -> awaitAllowed(user, right.verb(), right.resource(), right.namespace()));
            Ran allowed = run(user, command.toArray(String[]::new));
            assertThat(allowed.code()).as("%s", allowed).isZero();
            for (Right missing : rights) {
                forbid(user, missing);
                await().atMost(PATIENCE).untilAsserted(() -> {
                    Ran ran = run(user, command.toArray(String[]::new));
                    assertThat(ran.code()).as("%s", ran).isEqualTo(ExitCode.FORBIDDEN.code());
                    assertThat(ran.err())
                            .startsWith("You may not `" + missing.verb() + "` `" + missing.resource() + "` "
                                    + (missing.namespace().isEmpty()
                                            ? "in the whole cluster."
                                            : "in namespace `" + missing.namespace() + "`."))
                            .contains(missing.namespace().isEmpty() ? "`…-auditor`" : "`view`");
                });
                allow(user, missing);
                awaitAllowed(user, missing.verb(), missing.resource(), missing.namespace());
            }
        });
    }

    /** As a process, with a kubeconfig and its exit code. */
    @Test
    void theProgramReadsTheKubeconfigAndEndsWithTheCode() throws Exception {
        Path other = Files.writeString(directory.resolve("pipeline.yaml"), databaseFor("another"));
        assertThat(exitCode(AUDITOR, "plan", "-f", other.toString())).isEqualTo(ExitCode.REVOKES.code());
        // The namespace of the context.
        assertThat(exitCode(DEVELOPER, "why", "broken")).isEqualTo(ExitCode.BROKEN.code());
        assertThat(exitCode(DEVELOPER, "who", "orders-cache")).isEqualTo(ExitCode.FORBIDDEN.code());
    }

    // Users

    private static void user(String name) {
        api.kubectl("create", "serviceaccount", name, "-n", "people");
        api.kubeconfigOf("people", name, "shop", kubeconfig(name));
    }

    private static Path kubeconfig(String user) {
        return directory.resolve(user + ".kubeconfig");
    }

    private static String role(String user, Right right) {
        return user + "-" + right.verb() + "-" + right.resource().replace('.', '-');
    }

    private static void allow(String user, Right right) {
        String role = role(user, right);
        boolean whole = right.namespace().isEmpty();
        List<String> where = whole ? List.of() : List.of("-n", right.namespace());
        String kind = whole ? "clusterrole" : "role";
        api.kubectl(Stream.concat(
                        Stream.of("create", kind, role, "--verb=" + right.verb(), "--resource=" + right.resource()),
                        where.stream())
                .toArray(String[]::new));
        api.kubectl(Stream.concat(
                        Stream.of(
                                "create",
                                kind + "binding",
                                role,
                                "--" + kind + "=" + role,
                                "--serviceaccount=people:" + user),
                        where.stream())
                .toArray(String[]::new));
    }

    private static void forbid(String user, Right right) {
        String role = role(user, right);
        List<String> delete = new ArrayList<>(
                right.namespace().isEmpty()
                        ? List.of("delete", "clusterrole,clusterrolebinding", role)
                        : List.of("delete", "role,rolebinding", role, "-n", right.namespace()));
        api.kubectl(delete.toArray(String[]::new));
    }

    /** A rule takes effect some moments after it was made. */
    private static void awaitAllowed(String user, String verb, String resource, String namespace) {
        List<String> question =
                new ArrayList<>(List.of("auth", "can-i", verb, resource, "--as=system:serviceaccount:people:" + user));
        question.addAll(namespace.isEmpty() ? List.of("--all-namespaces") : List.of("-n", namespace));
        await().atMost(PATIENCE).until(() -> api.succeeds(question.toArray(String[]::new)));
    }

    // Commands

    private static Ran run(String user, String... arguments) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig(user).toFile()))
                .build()) {
            return Ran.of(context -> new ClusterReader(client), arguments);
        }
    }

    private static int exitCode(String user, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.redisaccess.kubectl.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().put("KUBECONFIG", kubeconfig(user).toString());
        return builder.start().waitFor();
    }
}
