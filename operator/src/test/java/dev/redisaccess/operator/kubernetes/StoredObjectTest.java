package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.operator.api.RedisAccessBinding;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A valid object as the API server stores it: defaults, the status subresource, generations. */
@OnApiServer
class StoredObjectTest {

    private static final String CONDITION = """
            {"type": "Ready", "status": "True", "reason": "Ready", "message": "", "lastTransitionTime": "2026-11-23T10:00:00Z"}""";

    private final ApiServer api;

    StoredObjectTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void fillsInTheDefaultsOfABinding() {
        assertThat(spec(create(Specimens.binding("{}")))).isEqualTo(Specimens.yaml("""
                                databaseRef: {name: orders-cache}
                                serviceAccountName: orders
                                federation: Auto
                                verification: {mode: Workload, periodSeconds: 900, timeoutSeconds: 10}
                                environment: {serviceBinding: Disabled}
                                deletionPolicy: Delete
                                """));
    }

    @Test
    void fillsInDefaultsNextToWhatIsGiven() {
        assertThat(spec(create(Specimens.binding("verification: {periodSeconds: 60}")))
                        .get("verification"))
                .isEqualTo(Specimens.yaml("{mode: Workload, periodSeconds: 60, timeoutSeconds: 10}"));
    }

    @Test
    void aDatabaseAdmitsNoNamespaceByDefault() {
        assertThat(spec(create(Specimens.database("{}"))))
                .isEqualTo(Specimens.yaml(
                        "{resourceId: %s, allowedNamespaces: {}, resyncPeriodSeconds: 300, retention: Forbidden}"
                                .formatted(Specimens.RESOURCE_ID)));
    }

    @Test
    void anEmptySelectorIsKept() {
        assertThat(spec(create(Specimens.database("allowedNamespaces: {selector: {}}")))
                        .get("allowedNamespaces"))
                .isEqualTo(Specimens.yaml("{selector: {}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/databases/default",
                "/",
                "/databases/default/",
            })
    void takesTheIdOfTheClusterOrOfItsDatabase(String suffix) {
        create(Specimens.database("resourceId: " + Specimens.RESOURCE_ID + suffix));
    }

    @Test
    void takesAResourceIdInAnyCase() {
        create(Specimens.database("resourceId: " + Specimens.RESOURCE_ID.toUpperCase(java.util.Locale.ROOT)));
    }

    @Test
    void whatTheJavaTypesReadTheyWriteBack() {
        GenericKubernetesResource created = create(Specimens.binding("""
                        clientId: 00000000-0000-0000-0000-00000000000a
                        verification: {mode: Disabled, periodSeconds: 120, timeoutSeconds: 5}
                        environment: {configMapName: cache.env, prefix: ORDERS_, profiles: [spring, azure-samples]}
                        deletionPolicy: Retain
                        """));

        RedisAccessBinding typed = api.client()
                .resources(RedisAccessBinding.class)
                .inNamespace("default")
                .withName(created.getMetadata().getName())
                .get();

        assertThat(tree(typed.getSpec())).isEqualTo(spec(created));
    }

    @Test
    void statusIsWrittenThroughItsSubresourceOnly() {
        GenericKubernetesResource binding = Specimens.binding("{}");
        binding.setAdditionalProperty("status", Map.of("observedGeneration", 7));
        GenericKubernetesResource created = create(binding);
        assertThat(part(created, "status").has("observedGeneration")).isFalse();

        setStatus(created, "{\"observedGeneration\": 1, \"conditions\": [" + CONDITION + "]}");

        GenericKubernetesResource read =
                api.client().resource(created).inNamespace("default").get();
        assertThat(part(read, "status").get("observedGeneration").asInt()).isEqualTo(1);
        assertThat(read.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(spec(read)).isEqualTo(spec(created));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}",
                "{\"conditions\": [" + "%1$s, %1$s" + "]}",
                "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"Maybe\", \"reason\": \"R\", \"message\": \"\","
                        + " \"lastTransitionTime\": \"2026-11-23T10:00:00Z\"}]}",
                "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\", \"reason\": \"\", \"message\": \"\","
                        + " \"lastTransitionTime\": \"2026-11-23T10:00:00Z\"}]}",
                "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\", \"reason\": \"R\", \"message\": \"\","
                        + " \"lastTransitionTime\": \"yesterday\"}]}",
                "{\"endpoint\": {\"host\": \"h\", \"port\": 70000}}",
            })
    void refusesAStatusThatBreaksTheConventions(String status) {
        GenericKubernetesResource created = create(Specimens.binding("{}"));

        assertThatThrownBy(() -> setStatus(created, status.formatted(CONDITION)))
                .isInstanceOf(KubernetesClientException.class)
                .extracting(e -> ((KubernetesClientException) e).getCode())
                .isEqualTo(422);
    }

    private void setStatus(GenericKubernetesResource object, String status) {
        GenericKubernetesResource changed =
                api.client().resource(object).inNamespace("default").get();
        changed.setAdditionalProperty("status", Specimens.yaml(status));
        api.client().resource(changed).inNamespace("default").updateStatus();
    }

    private GenericKubernetesResource create(GenericKubernetesResource object) {
        return api.client().resource(object).inNamespace("default").create();
    }

    private static JsonNode spec(GenericKubernetesResource object) {
        return part(object, "spec");
    }

    private static JsonNode part(GenericKubernetesResource object, String name) {
        return tree(object.getAdditionalProperties().get(name));
    }

    private static JsonNode tree(Object value) {
        return new KubernetesSerialization().convertValue(value, JsonNode.class);
    }
}
