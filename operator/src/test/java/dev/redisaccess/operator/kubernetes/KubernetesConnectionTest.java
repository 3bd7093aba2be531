package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.http.ProxyRules;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesConnectionTest {

    private static final String BINDING = """
            {"apiVersion":"redisaccess.dev/v1alpha1","kind":"RedisAccessBinding",
             "metadata":{"name":"NAME","namespace":"shop","resourceVersion":"7","finalizers":["redisaccess.dev/access"],
               "managedFields":[{"manager":"kubectl","operation":"Apply","fieldsV1":{"f:spec":{}}}]},
             "spec":{"databaseRef":{"name":"orders-cache"},"serviceAccountName":"orders"},
             "status":{"observedGeneration":1,
               "identity":{"clientId":"c","objectId":"0f7088e2-f8d2-4553-b5e2-dcfe94122aa7","tenantId":"t"},
               "assignment":{"name":"0f7088e2-f8d2-4553-b5e2-dcfe94122aa7","origin":"Created","provisioningState":"Succeeded"},
               "conditions":[
                 {"type":"AccessGranted","status":"True","reason":"AccessGranted","message":"m1","lastTransitionTime":"2026-11-25T11:00:00Z"},
                 {"type":"Ready","status":"True","reason":"Ready","message":"m2","lastTransitionTime":"2026-11-25T11:00:00Z"}]}}
            """;

    private final KubernetesClient client =
            KubernetesConnection.builder(Config.empty()).build();

    @AfterEach
    void close() {
        client.close();
    }

    private <T> T read(String json, Class<T> type) {
        return client.getKubernetesSerialization().unmarshal(json, type);
    }

    @Test
    void readsAnObjectWithoutItsManagedFields() {
        RedisAccessBinding read = read(BINDING.replace("NAME", "orders"), RedisAccessBinding.class);

        assertThat(read.getMetadata().getManagedFields()).isEmpty();
        assertThat(read.getMetadata().getAdditionalProperties()).isEmpty();
        assertThat(read.getMetadata().getFinalizers()).containsExactly("redisaccess.dev/access");
        assertThat(read.getSpec().serviceAccountName()).isEqualTo("orders");
        assertThat(read.getStatus().conditions())
                .extracting(Condition::getMessage)
                .containsExactly("m1", "m2");
    }

    /** Ten thousand bindings do not fit into the chart's memory limit otherwise. */
    @Test
    void equalTextsOfAnObjectAndOfTheNextOneAreOneString() {
        RedisAccessBinding one = read(BINDING.replace("NAME", "orders"), RedisAccessBinding.class);
        RedisAccessBinding next = read(BINDING.replace("NAME", "carts"), RedisAccessBinding.class);

        assertThat(one.getStatus().assignment().name())
                .isSameAs(one.getStatus().identity().objectId());
        for (int i = 0; i < 2; i++) {
            Condition here = one.getStatus().conditions().get(i);
            Condition there = next.getStatus().conditions().get(i);
            assertThat(here.getReason()).isSameAs(there.getReason());
            assertThat(here.getLastTransitionTime()).isSameAs(there.getLastTransitionTime());
        }
        assertThat(one.getMetadata().getName()).isEqualTo("orders");
        assertThat(next.getMetadata().getName()).isEqualTo("carts");
    }

    @Test
    void whatIsReadIsWrittenAsItWas() {
        Map<String, String> data = Map.of("REDIS_PORT", "10000", "LONG", "x".repeat(1000), "EMPTY", "");
        String json = client.getKubernetesSerialization()
                .asJson(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("orders")
                        .endMetadata()
                        .withData(data)
                        .build());

        assertThat(List.of(read(json, ConfigMap.class), read(json, ConfigMap.class)))
                .allSatisfy(read -> assertThat(read.getData()).isEqualTo(data));
    }

    @Test
    void reachesTheApiServerByTheSameRulesAsAzure() {
        var proxy = Optional.of(URI.create("http://me:secret@proxy.example:80"));
        Config direct = KubernetesConnection.through(
                new ProxyRules(proxy, List.of("*.svc", "my_host", "10.96.0.0/12")), inCluster());
        assertThat(direct.getHttpsProxy()).isNull();
        KubernetesConnection.builder(direct).build().close();

        Config proxied = KubernetesConnection.through(new ProxyRules(proxy, List.of("10.0.0.0/16")), inCluster());
        assertThat(proxied.getHttpsProxy()).isEqualTo("http://proxy.example:80");
        assertThat(proxied.getProxyUsername()).isEqualTo("me");
        KubernetesConnection.builder(proxied).build().close();
    }

    @Test
    void readsNoExceptionOfAMissingProxy() {
        Config config = inCluster();
        config.setNoProxy(new String[] {"*"});
        KubernetesConnection.builder(
                        KubernetesConnection.through(new ProxyRules(Optional.empty(), List.of("*")), config))
                .build()
                .close();
    }

    private static Config inCluster() {
        Config config = Config.empty();
        config.setMasterUrl("https://10.96.0.1:443/");
        return config;
    }
}
