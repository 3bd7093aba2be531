package dev.redisaccess.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharingClonerTest {

    private final SharingCloner cloner = new SharingCloner(new KubernetesSerialization());

    static Stream<CustomResource<?, ?>> primaries() {
        return Stream.of(
                read(RedisAccessBinding.class, "serviceAccountName: orders"),
                read(RedisDatabase.class, "allowedNamespaces: {names: [shop]}"));
    }

    private static <T extends CustomResource<?, ?>> T read(Class<T> type, String spec) {
        return Serialization.unmarshal("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: %s
                metadata: {name: a, namespace: shop, uid: u, generation: 2, finalizers: [one], annotations: {k: v}}
                spec: {%s}
                status: {observedGeneration: 1}
                """.formatted(type.getSimpleName(), spec), type);
    }

    @ParameterizedTest
    @MethodSource("primaries")
    void aPassGetsAnEqualObjectWithMetadataOfItsOwn(CustomResource<?, ?> original) {
        CustomResource<?, ?> copy = cloner.clone(original);

        assertThat(copy).isEqualTo(original).hasSameClassAs(original);
        assertThat(copy.getSpec()).isNotNull().isSameAs(original.getSpec());
        assertThat(copy.getStatus()).isNotNull().isSameAs(original.getStatus());

        copy.addFinalizer("redisaccess.dev/two");
        copy.getMetadata().getAnnotations().put("k", "w");
        copy.getMetadata().setResourceVersion("9");

        assertThat(original.getFinalizers()).containsExactly("one");
        assertThat(original.getMetadata().getAnnotations()).containsEntry("k", "v");
        assertThat(original.getMetadata().getResourceVersion()).isNull();
    }

    @Test
    void theContentOfOtherKindsIsCopied() {
        ConfigMap original = new ConfigMapBuilder().addToData("k", "v").build();

        ConfigMap copy = cloner.clone(original);

        assertThat(copy).isEqualTo(original);
        assertThat(copy.getData()).isNotSameAs(original.getData());
    }
}
