package dev.redisaccess.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded API as kubectl sees it. */
class KubectlTest {
    private static final String GADGET = """
            apiVersion: example.dev/v1
            kind: Gadget
            metadata: {name: one, namespace: shop}
            spec: {color: red}
            """;

    @TempDir
    Path home;

    private EmbeddedKubernetes kubernetes;
    private Kubectl kubectl;

    @BeforeEach
    void startWithADefinitionAndANamespace() throws Exception {
        Assumptions.assumeTrue(Kubectl.onPath().isPresent(), "kubectl is not on the PATH");
        kubernetes = EmbeddedKubernetes.start(0, Clock.systemUTC());
        kubectl = Kubectl.of(kubernetes, home);
        try (var definition = getClass().getResourceAsStream("/gadgets.yaml")) {
            Files.write(home.resolve("gadgets.yaml"), definition.readAllBytes());
        }
        write("namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        write("gadget.yaml", GADGET);
        kubectl.ok("apply", "-f", "gadgets.yaml", "-f", "namespace.yaml");
        kubectl.ok("wait", "--for=condition=Established", "crd/gadgets.example.dev", "--timeout=10s");
    }

    @AfterEach
    void stop() {
        if (kubernetes != null) {
            kubernetes.close();
        }
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(home.resolve(name), content);
    }

    @Test
    void appliesAndReappliesAndSaysWhatChanged() throws Exception {
        assertThat(kubectl.ok("apply", "-f", "gadget.yaml")).contains("gadget.example.dev/one created");
        assertThat(kubectl.ok("apply", "-f", "gadget.yaml")).contains("gadget.example.dev/one unchanged");
        write("gadget.yaml", GADGET.replace("red", "blue"));
        assertThat(kubectl.ok("apply", "-f", "gadget.yaml")).contains("gadget.example.dev/one configured");
        assertThat(kubectl.ok(
                        "get",
                        "gdt",
                        "one",
                        "-o",
                        "jsonpath={.spec.color} {.spec.size} {.spec.probe.mode} {.metadata.generation}"))
                .isEqualTo("blue 3 Full 2");
    }

    @Test
    void appliesOnTheServerSide() throws Exception {
        kubectl.ok("apply", "--server-side", "-f", "gadget.yaml");
        write("gadget.yaml", GADGET.replace("{color: red}", "{size: 7}"));
        kubectl.ok("apply", "--server-side", "-f", "gadget.yaml");
        assertThat(kubectl.ok("get", "gadget", "one", "-o", "jsonpath={.spec.color}|{.spec.size}"))
                .isEqualTo("|7");
    }

    @Test
    void printsTheColumnsOfTheDefinition() throws Exception {
        kubectl.ok("apply", "-f", "gadget.yaml");
        assertThat(kubectl.ok("get", "gdt")).containsPattern("NAME +READY +SIZE +AGE\\s+one +3 +\\d+s");
        assertThat(kubectl.ok("get", "gdt", "-A", "-o", "wide"))
                .containsPattern("NAMESPACE +NAME +READY +SIZE +COLOR +AGE");
        assertThat(kubectl.ok("get", "ns")).containsPattern("shop +Active +\\d+s");
        assertThat(kubectl.ok("api-resources")).containsPattern("gadgets +gdt +example.dev/v1 +true +Gadget");
    }

    @Test
    void waitsForAConditionThatIsPatchedIntoTheStatus() throws Exception {
        kubectl.ok("apply", "-f", "gadget.yaml");
        Process waiting =
                kubectl.start(home.resolve("wait.out"), "wait", "--for=condition=Ready", "gadget/one", "--timeout=30s");
        kubectl.ok(
                "patch",
                "gadget",
                "one",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]},\"spec\":{\"size\":99}}");
        assertThat(waiting.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(home.resolve("wait.out"))).contains("condition met");
        assertThat(kubectl.ok("get", "gdt", "--no-headers")).containsPattern("one +True +3 ");
    }

    @Test
    void patchesAndLabelsAndAnnotates() throws Exception {
        kubectl.ok("apply", "-f", "gadget.yaml");
        kubectl.ok(
                "patch",
                "gadget",
                "one",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/color\",\"value\":\"green\"}]");
        kubectl.ok("label", "gadget", "one", "team=orders");
        kubectl.ok("annotate", "gadget", "one", "note=hello");
        assertThat(kubectl.ok("get", "gadget", "-l", "team in (orders,other)", "-o", "jsonpath={.items[0].spec.color}"))
                .isEqualTo("green");
        assertThat(kubectl.ok("get", "gadget", "-l", "team!=orders")).contains("No resources found");
        kubectl.ok("label", "gadget", "one", "team-");
        assertThat(kubectl.ok("get", "gadget", "-l", "team")).contains("No resources found");
    }

    @Test
    void describesAnObjectWithItsEvents() throws Exception {
        kubectl.ok("apply", "-f", "gadget.yaml");
        String uid = kubectl.ok("get", "gadget", "one", "-o", "jsonpath={.metadata.uid}");
        write("event.yaml", """
                apiVersion: v1
                kind: Event
                metadata: {name: one.1, namespace: shop}
                type: Normal
                reason: Painted
                message: all red now
                involvedObject: {kind: Gadget, namespace: shop, name: one, uid: %s}
                firstTimestamp: "2026-01-01T00:00:00Z"
                lastTimestamp: "2026-01-01T00:00:00Z"
                count: 1
                source: {component: test}
                """.formatted(uid));
        kubectl.ok("apply", "-f", "event.yaml");
        assertThat(kubectl.ok("describe", "gadget", "one"))
                .contains("Color:", "red")
                .containsPattern("Painted .*all red now");
        assertThat(kubectl.ok("get", "events")).contains("all red now");
    }

    @Test
    void explainsTheFieldsOfTheDefinition() throws Exception {
        assertThat(kubectl.ok("explain", "gadget.spec.size")).contains("GROUP:      example.dev", "size <integer>");
        assertThat(kubectl.ok("auth", "can-i", "get", "gadgets")).contains("yes");
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        assertThat(kubectl.ok("apply", "--dry-run=server", "-f", "gadget.yaml")).contains("created (server dry run)");
        assertThat(kubectl.ok("get", "gadgets")).contains("No resources found");
        kubectl.ok("apply", "-f", "gadget.yaml");
        assertThat(kubectl.ok("diff", "-f", "gadget.yaml")).isEmpty();
    }

    @Test
    void showsChangesWhileItWatches() throws Exception {
        Path output = home.resolve("watch.out");
        Process watching = kubectl.start(output, "get", "gadgets", "--watch", "--no-headers");
        try {
            kubectl.ok("apply", "-f", "gadget.yaml");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Files.readString(output)).contains("one"));
            kubectl.ok("patch", "gadget", "one", "--type=merge", "-p", "{\"spec\":{\"size\":12}}");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Files.readString(output)).containsPattern("one +12 "));
        } finally {
            watching.destroyForcibly();
        }
    }

    @Test
    void deletesAndWaitsForFinalizers() throws Exception {
        kubectl.ok("apply", "-f", "gadget.yaml");
        kubectl.ok(
                "patch",
                "gadget",
                "one",
                "--type=merge",
                "-p",
                "{\"metadata\":{\"finalizers\":[\"example.dev/hold\"]}}");
        assertThat(kubectl.run("delete", "gadget", "one", "--timeout=1s").code())
                .isNotZero();
        assertThat(kubectl.ok("get", "gadget", "one", "-o", "jsonpath={.metadata.deletionTimestamp}"))
                .isNotEmpty();
        kubectl.ok("patch", "gadget", "one", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        assertThat(kubectl.run("get", "gadget", "one").output()).contains("gadgets.example.dev \"one\" not found");
    }

    @Test
    void deletesTheContentOfANamespaceWithIt() throws Exception {
        kubectl.ok("apply", "-f", "gadget.yaml");
        kubectl.ok("delete", "namespace", "shop", "--timeout=20s");
        assertThat(kubectl.ok("get", "gadgets", "-A")).contains("No resources found");
        assertThat(kubectl.run("apply", "-f", "gadget.yaml").output()).contains("namespaces \"shop\" not found");
    }
}
