package dev.redisaccess.operator.kubernetes;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.environment.ContentHash;
import dev.redisaccess.operator.golden.GoldenFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    private static final Map<String, Consumer<GoldenFile>> KINDS = Map.of(
            "ConfigMap", golden -> keeps(golden, ConfigMap.class, PruningItemStore::configMap),
            "ServiceAccount", golden -> keeps(golden, ServiceAccount.class, PruningItemStore::serviceAccount),
            "Namespace", golden -> keeps(golden, Namespace.class, PruningItemStore::namespace),
            "RedisAccessBinding", golden -> keeps(golden, RedisAccessBinding.class, PruningItemStore::binding),
            "RedisDatabase", golden -> keeps(golden, RedisDatabase.class, PruningItemStore::database));

    static List<GoldenFile> cases() throws IOException {
        return GoldenFile.in("kept");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsKeptIsTheFile(GoldenFile golden) throws IOException {
        KINDS.get(golden.input(GenericKubernetesResource.class).getKind()).accept(golden);
    }

    private static <T extends HasMetadata> void keeps(GoldenFile golden, Class<T> type, Consumer<T> prune) {
        try {
            T object = golden.input(type);
            new PruningItemStore<>(prune).put("shop/any", object);
            golden.assertOutput(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** No labels and labels that are not kept are not the same to a selector that excludes one. */
    @Test
    void marksANamespaceWhoseLabelsAreNotKept() {
        Namespace hostile = new NamespaceBuilder()
                .withNewMetadata()
                .withName("shop")
                .addToLabels("tier", "restricted")
                .addToLabels("x".repeat(20_000), "x")
                .addToAnnotations("labels", "x")
                .endMetadata()
                .build();
        Namespace plain = new NamespaceBuilder()
                .withNewMetadata()
                .withName("shop")
                .addToAnnotations("labels", "left out")
                .endMetadata()
                .build();

        PruningItemStore.namespace(hostile);
        PruningItemStore.namespace(plain);

        assertThat(PruningItemStore.hasLabels(hostile)).isFalse();
        assertThat(PruningItemStore.hasLabels(plain)).isTrue();
    }

    /** A finalizer may be removed by hand: then only the watch says that the object is gone. */
    @Test
    void reportsWhatIsRemoved() {
        List<String> removed = new ArrayList<>();
        PruningItemStore<ConfigMap> store = new PruningItemStore<>(PruningItemStore::configMap, removed::add);
        store.put("shop/orders-cache", configMap("2"));

        store.remove("shop/orders-cache");

        assertThat(removed).containsExactly("shop/orders-cache");
        assertThat(store.values()).isEmpty();
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
}
