package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects that were stored under the CRDs of a baseline are the same under today's, and can still be changed. */
@OnApiServer
class CrdUpgradeTest {

    private static final Path BASELINES = Repository.file("operator/src/test/resources/crd-baselines");
    private static final Path TODAY = Repository.file("crds");

    private static final String STATUS = """
            observedGeneration: 1
            conditions:
            - {type: Ready, status: "True", reason: Ready, message: "", lastTransitionTime: "2026-11-23T10:00:00Z"}
            endpoint: {host: orders.westus2.redis.azure.net, port: 10000}
            identity: {clientId: 00000000-0000-0000-0000-00000000000a, objectId: 00000000-0000-0000-0000-00000000000b}
            assignment: {name: 00000000-0000-0000-0000-00000000000b, origin: Created, provisioningState: Succeeded}
            """;

    private final ApiServer api;
    private final String namespace;

    CrdUpgradeTest(ApiServer api) {
        this.api = api;
        this.namespace = api.newNamespace();
    }

    @AfterEach
    void backToToday() {
        install(TODAY);
    }

    @ParameterizedTest
    @MethodSource("baselines")
    void whatIsStoredStaysAsItIs(Path baseline) {
        install(baseline);
        GenericKubernetesResource binding = storedBinding();
        JsonNode before = content(binding);

        install(TODAY);

        GenericKubernetesResource after =
                api.client().resource(binding).inNamespace(namespace).get();
        assertThat(content(after)).isEqualTo(before);
        // A change is judged by the new schema as a whole: had it become stricter, this would be refused.
        api.kubectl()
                .run(
                        "patch",
                        "rab",
                        after.getMetadata().getName(),
                        "-n",
                        namespace,
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"deletionPolicy\":\"Delete\"}}");
        assertThat(api.kubectl().run("get", "rab", after.getMetadata().getName(), "-n", namespace))
                .contains("True", "Ready");
    }

    static Stream<Path> baselines() throws IOException {
        try (Stream<Path> folders = Files.list(BASELINES)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    private GenericKubernetesResource storedBinding() {
        GenericKubernetesResource created = api.client()
                .resource(Specimens.binding("""
                        clientId: 00000000-0000-0000-0000-00000000000a
                        verification: {mode: Disabled, periodSeconds: 120, timeoutSeconds: 5}
                        environment: {configMapName: cache.env, prefix: ORDERS_, profiles: [spring, azure-samples]}
                        deletionPolicy: Retain
                        """))
                .inNamespace(namespace)
                .create();
        created.setAdditionalProperty("status", Specimens.yaml(STATUS));
        return api.client().resource(created).inNamespace(namespace).updateStatus();
    }

    /** As helm does it: by its own field manager, over whatever is there. */
    private void install(Path crds) {
        api.kubectl().run("apply", "--server-side", "--force-conflicts", "-f", crds.toString());
        api.kubectl().run("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
    }

    private static JsonNode content(GenericKubernetesResource object) {
        return new KubernetesSerialization().convertValue(object.getAdditionalProperties(), JsonNode.class);
    }
}
