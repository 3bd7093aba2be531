package dev.redisaccess.testbed;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;

/** Clients of this program's own. */
final class Clients {

    private static final int TIMEOUT_MILLIS = 60_000;

    private Clients() {}

    static KubernetesClient of(String kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig);
        config.setUserAgent(Cluster.USER_AGENT);
        config.setRequestTimeout(TIMEOUT_MILLIS);
        config.setConnectionTimeout(TIMEOUT_MILLIS);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }
}
