package dev.redisaccess.quickstart;

import dev.redisaccess.kubernetes.EmbeddedKubernetes;
import dev.redisaccess.kubernetes.json.Json;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The Kubernetes cluster of a run: the embedded API, or an existing cluster. */
final class Cluster implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Path kubeconfig;
    private final KubernetesClient client;
    private final Optional<EmbeddedKubernetes> embedded;

    private Cluster(Path kubeconfig, KubernetesClient client, Optional<EmbeddedKubernetes> embedded) {
        this.kubeconfig = kubeconfig;
        this.client = client;
        this.embedded = embedded;
    }

    /** Starts the embedded API and writes its kubeconfig into the directory. */
    static Cluster embedded(Path directory, Clock clock) {
        EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start(0, clock);
        Path kubeconfig = directory.resolve("kubeconfig");
        try {
            Files.writeString(kubeconfig, kubernetes.kubeconfig());
        } catch (IOException e) {
            kubernetes.close();
            throw new UncheckedIOException(e);
        }
        return new Cluster(kubeconfig, client(kubeconfig), Optional.of(kubernetes));
    }

    static Cluster of(Path kubeconfig) {
        return new Cluster(kubeconfig.toAbsolutePath(), client(kubeconfig), Optional.empty());
    }

    private static KubernetesClient client(Path kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setRequestTimeout(TIMEOUT_MILLIS);
        config.setConnectionTimeout(TIMEOUT_MILLIS);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    KubernetesClient client() {
        return client;
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    boolean isEmbedded() {
        return embedded.isPresent();
    }

    String url() {
        return client.getMasterUrl().toString().replaceAll("/$", "");
    }

    /** The issuer of the cluster's ServiceAccount tokens. */
    String issuer() {
        return Json.parseObject(client.raw("/.well-known/openid-configuration"))
                .path("issuer")
                .asText();
    }

    /** The keys that those tokens are signed with, as a JWKS document. */
    String keys() {
        return client.raw("/openid/v1/jwks");
    }

    @Override
    public void close() {
        client.close();
        embedded.ifPresent(EmbeddedKubernetes::close);
    }
}
