package dev.redisaccess.operator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher.Publication;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectOwnershipTest {

    private static final Publication FORMER = new Publication(
            new BindingKey("shop", "orders-cache"), "uid-of-before", "env", Map.of("REDIS_PORT", "10000"));

    static Stream<Arguments> found() {
        return Stream.of(
                row("restored without owner references", map -> map.withOwners(List.of()), true),
                row("restored with those of before", map -> map, true),
                row(
                        "only the former label",
                        map -> map.withLabels(Map.of("app.kubernetes.io/managed-by", "redis-access-operator")),
                        true),
                row(
                        "a policy changed the former label",
                        map -> map.withLabels(Map.of("redisaccess.dev/binding", "x")),
                        true),
                row("no label of ours", map -> map.withLabels(Map.of("app.kubernetes.io/managed-by", "Helm")), false),
                row("with an entry that others added", map -> map.withEntry("PLATFORM_REGION", "westeurope"), true),
                row("with another value", map -> map.withEntry("REDIS_PORT", "6380"), false),
                row(
                        "another binding's",
                        map -> map.withOwners(List.of(ObjectOwnership.of(new BindingKey("shop", "sessions"), "u"))),
                        false));
    }

    @ParameterizedTest
    @MethodSource("found")
    void takesOverWhatIsLeftOfItsOwn(UnaryOperator<Sample> change, boolean takenOver) {
        ConfigMap map = change.apply(new Sample(PublishedConfigMap.of(FORMER))).map();

        assertThat(ObjectOwnership.isOf("uid-of-now", map)).isFalse();
        assertThat(ObjectOwnership.restored("orders-cache", map, map.getData())).isEqualTo(takenOver);
    }

    /** A backup that was made before the operator had a label of its own and named its entries. */
    @Test
    void takesOverWhatHasNothingButTheFormerLabelAndTheHash() {
        Map<String, String> content = Map.of(
                "AZURE_CLIENT_ID", "0d9c8b7a-6f5e-4d3c-8b2a-190f8e7d6c5b",
                "REDIS_CLUSTER_POLICY", "NoCluster",
                "REDIS_ENTRA_SCOPE", "https://redis.azure.com/.default",
                "REDIS_HOSTNAME", "localhost",
                "REDIS_PORT", "40659",
                "REDIS_SSL", "true",
                "REDIS_USERNAME", "5e13f05a-008d-44ff-9b43-2377d9ced4fc",
                "REDIS_USE_ENTRA_ID", "true");
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("orders-cache")
                .addToLabels("app.kubernetes.io/managed-by", "redis-access-operator")
                .addToLabels("velero.io/restore-name", "r1")
                .addToAnnotations("redisaccess.dev/content-hash", "f4a64140490e")
                .endMetadata()
                .withData(content)
                .build();

        assertThat(ObjectOwnership.restored("orders-cache", map, content)).isTrue();
    }

    private static Arguments row(String name, UnaryOperator<Sample> change, boolean takenOver) {
        return Arguments.of(Named.of(name, change), takenOver);
    }

    private record Sample(ConfigMap map) {
        Sample withOwners(List<io.fabric8.kubernetes.api.model.OwnerReference> owners) {
            map.getMetadata().setOwnerReferences(owners);
            return this;
        }

        Sample withLabels(Map<String, String> labels) {
            map.getMetadata().setLabels(labels);
            return this;
        }

        Sample withEntry(String name, String value) {
            map.getData().put(name, value);
            return this;
        }
    }
}
