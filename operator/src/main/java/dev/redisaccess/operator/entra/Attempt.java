package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.binding.port.Deadline;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;

/** A single attempt at the API server. */
final class Attempt {

    private Attempt() {}

    /** A client over the same connections, until the deadline and without retries: the next pass repeats the request. */
    static KubernetesClient of(KubernetesClient kubernetes, Deadline deadline) {
        return kubernetes
                .newClient(new RequestConfigBuilder(
                                kubernetes.getConfiguration().getRequestConfig())
                        .withRequestTimeout(Math.toIntExact(deadline.left().toMillis()))
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .adapt(KubernetesClient.class);
    }
}
