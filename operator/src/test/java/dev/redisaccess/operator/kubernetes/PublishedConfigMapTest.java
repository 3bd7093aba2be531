package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher.Publication;
import dev.redisaccess.operator.publish.ConfigMapPublisher;
import dev.redisaccess.operator.publish.PublishedConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The publisher against a real API server: apply, ownership, removal, refusal. */
@OnApiServer
class PublishedConfigMapTest {

    private static final String BINDING = """
            apiVersion: redisaccess.dev/v1alpha1
            kind: RedisAccessBinding
            metadata: {name: orders-cache}
            spec: {databaseRef: {name: orders-cache}, serviceAccountName: orders}
            """;

    private final ApiServer api;
    private final String namespace;
    private final ConfigMapPublisher publisher;
    private String uid;

    PublishedConfigMapTest(ApiServer api) {
        this.api = api;
        this.namespace = api.newNamespace();
        this.publisher = new ConfigMapPublisher(api.client(), (ns, name) -> Optional.empty());
    }

    @BeforeEach
    void applyTheBinding() {
        api.kubectl().runWith(BINDING, "apply", "-n", namespace, "-f", "-");
        uid = api.client()
                .resources(RedisAccessBinding.class)
                .inNamespace(namespace)
                .withName("orders-cache")
                .get()
                .getMetadata()
                .getUid();
    }

    @Test
    void whatIsPublishedIsRestoredAndWhatOthersAddStays() {
        assertThat(publisher.publish(publication(Map.of("A", "1", "B", "2")))).isEqualTo(Result.ok(true));
        assertThat(publisher.publish(publication(Map.of("A", "1", "B", "2")))).isEqualTo(Result.ok(false));
        api.kubectl().run("patch", "cm", "env", "-n", namespace, "-p", "{\"data\":{\"FOREIGN\":\"x\",\"A\":\"9\"}}");

        assertThat(publisher.publish(publication(Map.of("A", "1", "C", "3")))).isEqualTo(Result.ok(true));

        assertThat(configMap().getData())
                .as("B was published and no longer is")
                .containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", "C", "3", "FOREIGN", "x"));
        assertThat(publisher.publish(publication(Map.of("A", "1", "C", "3")))).isEqualTo(Result.ok(false));
    }

    @Test
    void aRemovedLabelOrOwnerIsRestored() {
        publisher.publish(publication(Map.of("A", "1")));
        api.kubectl()
                .run(
                        "patch",
                        "cm",
                        "env",
                        "-n",
                        namespace,
                        "--type=merge",
                        "-p",
                        "{\"metadata\":{\"labels\":{\"redisaccess.dev/binding\":null},\"ownerReferences\":null}}");

        assertThat(publisher.publish(publication(Map.of("A", "1")))).isEqualTo(Result.ok(true));

        assertThat(configMap().getMetadata().getLabels()).containsEntry("redisaccess.dev/binding", uid);
        assertThat(configMap().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(uid));
    }

    @Test
    void anImmutableOneIsReplaced() {
        publisher.publish(publication(Map.of("A", "1")));
        api.kubectl().run("patch", "cm", "env", "-n", namespace, "-p", "{\"immutable\":true}");
        String before = configMap().getMetadata().getUid();

        assertThat(publisher.publish(publication(Map.of("A", "1")))).isEqualTo(Result.ok(false));
        assertThat(publisher.publish(publication(Map.of("A", "2")))).isEqualTo(Result.ok(true));

        assertThat(configMap().getData()).isEqualTo(Map.of("A", "2"));
        assertThat(configMap().getMetadata().getUid()).isNotEqualTo(before);
    }

    /** As Velero restores it: with its labels and annotations, without owner references. */
    @Test
    void whatWasRestoredFromABackupIsTakenOver() {
        var former = new Publication(new BindingKey(namespace, "orders-cache"), "uid-before", "env", Map.of("A", "1"));
        ConfigMap restored = PublishedConfigMap.of(former);
        restored.getMetadata().setOwnerReferences(List.of());
        api.client().resource(restored).create();

        assertThat(publisher.publish(publication(Map.of("A", "2")))).isEqualTo(Result.ok(true));

        assertThat(configMap().getData()).isEqualTo(Map.of("A", "2"));
        assertThat(configMap().getMetadata().getLabels()).containsEntry("redisaccess.dev/binding", uid);
        assertThat(configMap().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(uid));
    }

    @Test
    void whatWasRestoredAndEditedIsNot() {
        var former = new Publication(new BindingKey(namespace, "orders-cache"), "uid-before", "env", Map.of("A", "1"));
        ConfigMap restored = PublishedConfigMap.of(former);
        restored.getMetadata().setOwnerReferences(List.of());
        restored.setData(Map.of("A", "9"));
        api.client().resource(restored).create();

        var problem = ((Result.Failed<Boolean>) publisher.publish(publication(Map.of("A", "1")))).problem();

        assertThat(problem.reason()).isEqualTo(Reason.CONFIG_MAP_NOT_OWNED);
        assertThat(problem.message()).contains("its content was edited", "Delete it, or set");
    }

    @Test
    void aQuotaIsReportedInTheApiServersWordsUntilItAllows() {
        api.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("few")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("count/configmaps", new Quantity("0"))
                        .endSpec()
                        .build())
                .create();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> publisher.publish(publication(Map.of("A", "1"))) instanceof Result.Failed);
        var problem = ((Result.Failed<Boolean>) publisher.publish(publication(Map.of("A", "1")))).problem();

        assertThat(problem.reason()).isEqualTo(Reason.PUBLISH_FORBIDDEN);
        assertThat(problem.message())
                .startsWith("Kubernetes answered: configmaps \"env\" is forbidden: exceeded quota: few")
                .doesNotContain("A Role in namespace");

        api.kubectl().run("delete", "quota", "few", "-n", namespace);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> publisher.publish(publication(Map.of("A", "1"))).equals(Result.ok(true)));
    }

    @Test
    void othersLabelsStay() {
        publisher.publish(publication(Map.of("A", "1")));
        api.kubectl().run("label", "cm", "env", "-n", namespace, "team=orders");

        publisher.publish(publication(Map.of("A", "2")));

        assertThat(configMap().getMetadata().getLabels())
                .containsEntry("team", "orders")
                .containsEntry("redisaccess.dev/binding", uid);
    }

    @Test
    void whatWasThereBeforeIsNotTouched() {
        api.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("env")
                        .endMetadata()
                        .addToData("MINE", "1")
                        .build())
                .create();

        Result<Boolean> result = publisher.publish(publication(Map.of("A", "1")));

        assertThat(((Result.Failed<Boolean>) result).problem().reason()).isEqualTo(Reason.CONFIG_MAP_NOT_OWNED);
        assertThat(publisher.remove(publication(Map.of()), "env")).isEqualTo(Result.ok(false));
        assertThat(configMap().getData()).isEqualTo(Map.of("MINE", "1"));
    }

    /** Two bindings whose `spec.environment.configMapName` is the same: the first one has it. */
    @Test
    void whatAnotherBindingPublishesIsNotTouched() {
        publisher.publish(publication(Map.of("A", "1")));
        var second = new Publication(new BindingKey(namespace, "sessions"), "another-uid", "env", Map.of("A", "2"));

        Result<Boolean> result = publisher.publish(second);

        var problem = ((Result.Failed<Boolean>) result).problem();
        assertThat(problem.reason()).isEqualTo(Reason.CONFIG_MAP_NOT_OWNED);
        assertThat(problem.message())
                .contains("belongs to RedisAccessBinding `orders-cache`", "`spec.environment.configMapName`");
        assertThat(configMap().getData()).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void oursIsDeleted() {
        publisher.publish(publication(Map.of("A", "1")));

        assertThat(publisher.remove(publication(Map.of()), "env")).isEqualTo(Result.ok(true));

        assertThat(configMap()).isNull();
    }

    @Test
    void aMissingPermissionIsReportedWithItsRule() {
        Config unauthorized = new ConfigBuilder(api.client().getConfiguration())
                .withImpersonateUsername("system:serviceaccount:ops:operator")
                .withImpersonateGroups("system:authenticated")
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(unauthorized).build()) {
            Result<Boolean> result = new ConfigMapPublisher(client, (ns, name) -> Optional.empty())
                    .publish(publication(Map.of("A", "1")));

            var problem = ((Result.Failed<Boolean>) result).problem();
            assertThat(problem.reason()).isEqualTo(Reason.PUBLISH_FORBIDDEN);
            assertThat(problem.message())
                    .contains("A Role in namespace `" + namespace, "system:serviceaccount:ops:operator");
        }
    }

    private Publication publication(Map<String, String> variables) {
        return new Publication(new BindingKey(namespace, "orders-cache"), uid, "env", variables);
    }

    private ConfigMap configMap() {
        return api.client().configMaps().inNamespace(namespace).withName("env").get();
    }
}
