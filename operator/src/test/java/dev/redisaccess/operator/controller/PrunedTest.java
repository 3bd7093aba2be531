package dev.redisaccess.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrunedTest {

    private static ConfigMap configMap(String version) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("orders-cache")
                .withUid("u")
                .withResourceVersion(version)
                .withLabels(Map.of("app.kubernetes.io/managed-by", "redis-access-operator"))
                .addToAnnotations("redisaccess.dev/content-hash", "abc")
                .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", "{}")
                .addNewOwnerReference()
                .withKind("RedisAccessBinding")
                .withName("orders-cache")
                .withUid("b")
                .endOwnerReference()
                .endMetadata()
                .withData(Map.of("REDIS_PORT", "10000"))
                .build();
    }

    @Test
    void keepsOfConfigMapsWhatTellsWhetherTheyAreOursAndUpToDate() {
        Pruned<ConfigMap> store = new Pruned<>(Pruned::configMap);

        store.put("shop/orders-cache", configMap("1"));

        ConfigMap kept = store.get("shop/orders-cache");
        assertThat(kept.getData()).isEqualTo(Map.of("REDIS_PORT", "10000"));
        assertThat(kept.getMetadata().getAnnotations()).isEqualTo(Map.of("redisaccess.dev/content-hash", "abc"));
        assertThat(kept.getMetadata().getLabels()).containsKey("app.kubernetes.io/managed-by");
        assertThat(kept.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("b"));
        assertThat(kept.getMetadata().getUid()).isEqualTo("u");
    }

    @Test
    void keepsOfServiceAccountsWhoseIdentityTheyHave() {
        ServiceAccount account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("orders")
                .withUid("u")
                .addToAnnotations("azure.workload.identity/client-id", "c")
                .addToAnnotations("other", "x")
                .endMetadata()
                .build();

        Pruned.serviceAccount(account);

        assertThat(account.getMetadata().getAnnotations()).isEqualTo(Map.of("azure.workload.identity/client-id", "c"));
        assertThat(account.getMetadata().getUid()).isEqualTo("u");
    }

    /** Else the framework holds each object twice, where the watch was faster than the answer to a write. */
    @Test
    void theAnswerToAWriteIsWhatTheWatchHasBroughtAlready() {
        Pruned<ConfigMap> store = new Pruned<>(Pruned::configMap);
        store.put("shop/orders-cache", configMap("2"));

        assertThat(store.kept(configMap("2"))).isSameAs(store.get("shop/orders-cache"));
    }

    @Test
    void anAnswerThatTheWatchHasNotBroughtYetIsKeptAsItWouldBeStored() {
        Pruned<ConfigMap> store = new Pruned<>(Pruned::configMap);
        store.put("shop/orders-cache", configMap("1"));
        ConfigMap answer = configMap("2");

        assertThat(store.kept(answer)).isSameAs(answer);
        assertThat(answer.getMetadata().getAnnotations()).hasSize(1);
        assertThat(store.get("shop/orders-cache").getMetadata().getResourceVersion())
                .isEqualTo("1");
    }
}
