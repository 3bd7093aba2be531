package dev.redisaccess.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redisaccess.kubernetes.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterObjectsTest {
    private final Examples examples = Examples.load();

    @Test
    void aClusterInUseIsRefusedAndNotChanged() {
        try (EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start(0, Clock.systemUTC());
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(kubernetes.kubeconfig()))
                        .build()) {
            List<String> namespaces = List.of("redis-access-system", "shop");
            try (ClusterObjects unused = new ClusterObjects(client, Duration.ofSeconds(10))) {
                assertThatCode(() -> unused.requireUnused(namespaces, examples.definitions()))
                        .doesNotThrowAnyException();
            }
            try (ClusterObjects others = new ClusterObjects(client, Duration.ofSeconds(10))) {
                others.namespace("shop");
                others.definitions(examples.definitions().subList(0, 1));
                try (ClusterObjects objects = new ClusterObjects(client, Duration.ofSeconds(10))) {
                    assertThatThrownBy(() -> objects.requireUnused(namespaces, examples.definitions()))
                            .isInstanceOf(StepFailure.class)
                            .hasMessage("The cluster already has the namespace `shop`, the CustomResourceDefinition"
                                    + " `redisdatabases.redisaccess.dev`. Nothing was changed. Use a cluster without them,"
                                    + " or omit `--kubeconfig`.");
                }
                assertThat(client.namespaces().withName("shop").get()).isNotNull();
            }
        }
    }
}
