package dev.redisaccess.operator.kubernetes;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.binding.environment.ContentHash;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruningItemStoreTest {

    private static final String HASH = ContentHash.of(Map.of("REDIS_PORT", "10000"));

    private static ConfigMap configMap(String version) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("orders-cache")
                .withUid("u")
                .withResourceVersion(version)
                .withLabels(Map.of("redisaccess.dev/binding", "b"))
                .addToAnnotations("redisaccess.dev/content-hash", HASH)
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
    void keepsOfConfigMapsWhatShowsThatTheyAreOursAndUpToDate() {
        PruningItemStore<ConfigMap> store = new PruningItemStore<>(PruningItemStore::configMap);

        store.put("shop/orders-cache", configMap("1"));

        ConfigMap kept = store.get("shop/orders-cache");
        assertThat(kept.getMetadata().getAnnotations()).isEqualTo(Map.of("redisaccess.dev/content-hash", HASH));
        assertThat(kept.getMetadata().getLabels()).containsKey("redisaccess.dev/binding");
        assertThat(kept.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("b"));
        assertThat(kept.getMetadata().getUid()).isEqualTo("u");
    }

    @Test
    void keepsNoContentThatTheAnnotationDescribes() {
        ConfigMap asAnnotated = configMap("1");

        PruningItemStore.configMap(asAnnotated);

        assertThat(asAnnotated.getData()).isNull();
    }

    /** Emptied by hand is not the same as not kept. */
    @ParameterizedTest
    @ValueSource(strings = {"REDIS_PORT=6379", "REDIS_PORT=10000,MORE=1", ""})
    void keepsContentThatTheAnnotationDoesNotDescribe(String changed) {
        Map<String, String> content = Pattern.compile(",")
                .splitAsStream(changed)
                .filter(entry -> !entry.isEmpty())
                .collect(toMap(entry -> entry.split("=")[0], entry -> entry.split("=")[1]));
        ConfigMap other = configMap("1");
        other.setData(content);

        PruningItemStore.configMap(other);

        assertThat(other.getData()).isEqualTo(content);
    }

    /** A platform's policy adds an entry to each ConfigMap. */
    @Test
    void keepsNoContentWhereOthersAddedToIt() {
        ConfigMap stamped = configMap("1");
        stamped.getMetadata().getAnnotations().put("redisaccess.dev/content-keys", "REDIS_PORT");
        stamped.setData(Map.of("REDIS_PORT", "10000", "PLATFORM_REGION", "westeurope"));

        PruningItemStore.configMap(stamped);

        assertThat(stamped.getData()).isNull();
    }

    @Test
    void keepsNothingWithoutABoundOfItsSize() {
        String large = "x".repeat(250_000);
        ConfigMap hostile = configMap("1");
        hostile.setData(Map.of("REDIS_PORT", large));
        hostile.getMetadata().setLabels(Map.of("redisaccess.dev/binding", "b", large, "x"));
        hostile.getMetadata().getAnnotations().put("redisaccess.dev/content-keys", large);
        hostile.getMetadata().setFinalizers(List.of(large, "redisaccess.dev/access"));
        hostile.getMetadata().getOwnerReferences().get(0).setName(large);

        PruningItemStore.configMap(hostile);

        assertThat(hostile.getData())
                .as("not null: it differs from the annotation")
                .isEmpty();
        assertThat(hostile.getMetadata().getLabels()).isEmpty();
        assertThat(hostile.getMetadata().getAnnotations()).isEmpty();
        assertThat(hostile.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(hostile.getMetadata().getFinalizers()).containsExactly("redisaccess.dev/access");
        assertThat(hostile.getMetadata().getUid()).isEqualTo("u");
    }

    @Test
    void cutsAClientIdThatIsTooLongToBeOne() {
        ServiceAccount account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("orders")
                .addToAnnotations("azure.workload.identity/client-id", "c".repeat(250_000))
                .endMetadata()
                .build();

        PruningItemStore.serviceAccount(account);

        assertThat(account.getMetadata().getAnnotations().get("azure.workload.identity/client-id"))
                .hasSize(256);
    }

    /** Without this, a time in 1970 would be the start of every count. */
    @Test
    void theStatusThatTheCrdGivesIsNone() {
        RedisAccessBinding binding = new RedisAccessBinding();
        binding.setMetadata(new ObjectMetaBuilder().withName("orders-cache").build());
        Condition ready = new ConditionBuilder()
                .withType("Ready")
                .withStatus("Unknown")
                .withLastTransitionTime("1970-01-01T00:00:00Z")
                .build();
        binding.setStatus(new RedisAccessBindingStatus(null, List.of(ready), null, null, null, null, null, null));

        PruningItemStore.binding(binding);

        assertThat(binding.getStatus()).isNull();
    }

    @Test
    void keepsOfServiceAccountsWhoseIdentityTheyHave() {
        ServiceAccount account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("orders")
                .withUid("u")
                .addToAnnotations("azure.workload.identity/client-id", "c")
                .addToAnnotations("azure.workload.identity/tenant-id", "t")
                .addToAnnotations("other", "x")
                .endMetadata()
                .build();

        PruningItemStore.serviceAccount(account);

        assertThat(account.getMetadata().getAnnotations())
                .isEqualTo(Map.of("azure.workload.identity/client-id", "c", "azure.workload.identity/tenant-id", "t"));
        assertThat(account.getMetadata().getUid()).isEqualTo("u");
    }

    /** Otherwise the framework holds each object twice, where the watch was faster than the response to a write. */
    @Test
    void theResponseToAWriteIsWhatTheWatchHasReceived() {
        PruningItemStore<ConfigMap> store = new PruningItemStore<>(PruningItemStore::configMap);
        store.put("shop/orders-cache", configMap("2"));

        assertThat(store.kept(configMap("2"))).isSameAs(store.get("shop/orders-cache"));
    }

    @Test
    void aResponseThatTheWatchHasNotReceivedYetIsKeptAsItWouldBeStored() {
        PruningItemStore<ConfigMap> store = new PruningItemStore<>(PruningItemStore::configMap);
        store.put("shop/orders-cache", configMap("1"));
        ConfigMap response = configMap("2");

        assertThat(store.kept(response)).isSameAs(response);
        assertThat(response.getMetadata().getAnnotations()).hasSize(1);
        assertThat(store.get("shop/orders-cache").getMetadata().getResourceVersion())
                .isEqualTo("1");
    }
}
