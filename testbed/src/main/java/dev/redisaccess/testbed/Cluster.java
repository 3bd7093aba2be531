package dev.redisaccess.testbed;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A Kubernetes API for the operator that records the operator's requests. */
public interface Cluster extends AutoCloseable {

    /** This program's user agent, so that its own requests are not counted as the operator's. */
    String USER_AGENT = "redis-access-benchmark";

    /** An administrator's client. */
    KubernetesClient client();

    /** The issuer of ServiceAccount tokens. */
    String issuer();

    /**
     * The operator's environment as a pod's: where the API server is, its certificate authority, and the files of its
     * ServiceAccount.
     */
    Map<String, String> operatorEnvironment();

    /** As the kubelet sets and mounts it, but for the paths. A kubeconfig would load a YAML parser that no pod loads. */
    static Map<String, String> asInAPod(URI server, Path token, Path authority) {
        return Map.of(
                "KUBERNETES_SERVICE_HOST",
                server.getHost(),
                "KUBERNETES_SERVICE_PORT",
                Integer.toString(server.getPort()),
                "KUBERNETES_AUTH_TRYKUBECONFIG",
                "false",
                "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
                token.toString(),
                "KUBERNETES_CERTS_CA_FILE",
                authority.toString());
    }

    /** The operator's requests so far. They are recorded late by at most {@link #settle()}. */
    ApiCalls calls();

    /** Waits until every completed call is counted. */
    void settle();

    /** For the report: which API server, and its version. */
    String description();

    /** The keys that ServiceAccount tokens are signed with, as a JWKS document. */
    default String keys() {
        return client().raw("/openid/v1/jwks");
    }

    @Override
    void close();
}
