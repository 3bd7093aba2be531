package dev.redisaccess.testbed;

import dev.redisaccess.kubernetes.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** The embedded Kubernetes API, in this process: no binaries, no schema checks, and no cost worth naming. */
final class EmbeddedCluster implements Cluster {

    private final EmbeddedKubernetes api;
    private final KubernetesClient client;
    private final ApiCalls calls;

    private EmbeddedCluster(EmbeddedKubernetes api, KubernetesClient client, ApiCalls calls) {
        this.api = api;
        this.client = client;
        this.calls = calls;
    }

    /** With the ServiceAccount of the operator. */
    static EmbeddedCluster start() {
        ApiCalls calls = new ApiCalls();
        EmbeddedKubernetes api = EmbeddedKubernetes.start(0, Clock.systemUTC(), (method, target, userAgent) -> {
            if (!userAgent.equals(USER_AGENT)) {
                calls.add(ApiCall.ofHttp(Instant.now(), method, target));
            }
        });
        KubernetesClient client = Clients.of(api.kubeconfig());
        Objects objects = new Objects(client);
        objects.operatorAccount();
        return new EmbeddedCluster(api, client, calls);
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String issuer() {
        return EmbeddedKubernetes.ISSUER;
    }

    @Override
    public Map<String, String> operatorEnvironment() {
        return Map.of("KUBERNETES_MASTER", api.url().toString(), "KUBERNETES_AUTH_TRYKUBECONFIG", "false");
    }

    @Override
    public ApiCalls calls() {
        return calls;
    }

    /** Calls are counted before their response. */
    @Override
    public void settle() {}

    @Override
    public String description() {
        return "embedded Kubernetes API, in the benchmark's process";
    }

    @Override
    public void close() {
        client.close();
        api.close();
    }
}
