package dev.redisaccess.benchmark.stage;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/** A Kubernetes API that the operator works on, and that tells what the operator asks of it. */
public interface Cluster extends AutoCloseable {

    /** What this program calls itself, so that its own requests are not counted as the operator's. */
    String USER_AGENT = "redis-access-benchmark";

    /** An administrator's client. */
    KubernetesClient client();

    /** What ServiceAccount tokens name as their issuer. */
    String issuer();

    /** A kubeconfig for the operator. */
    Path operatorKubeconfig();

    /** What the operator asked so far. Calls come in late by at most {@link #settle()}. */
    ApiCalls calls();

    /** Waits until every call that was answered is counted. */
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
