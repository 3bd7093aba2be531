package dev.redisaccess.operator.leadership;

import dev.redisaccess.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease of this replica, and its release: the framework lets it expire, so that after each rolling update no replica would
 * lead for up to 15 seconds.
 */
public final class LeaseHolder {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseHolder.class);

    /** The framework renews it every two seconds; it lasts fifteen. */
    private static final Duration FRESH = Duration.ofSeconds(8);

    private final KubernetesClient client;
    private final OperatorConfig.Lease lease;

    public LeaseHolder(KubernetesClient client, OperatorConfig.Lease lease) {
        this.client = client;
        this.lease = lease;
    }

    /** Whether this replica holds it, and has renewed it lately. False also if the API server does not answer. */
    public boolean held(Instant now) {
        try {
            return Optional.ofNullable(client.leases()
                            .inNamespace(lease.namespace())
                            .withName(lease.name())
                            .get())
                    .map(Lease::getSpec)
                    .filter(spec -> lease.identity().equals(spec.getHolderIdentity()))
                    .map(LeaseSpec::getRenewTime)
                    .filter(renewed -> renewed.toInstant().plus(FRESH).isAfter(now))
                    .isPresent();
        } catch (KubernetesClientException refused) {
            return false;
        }
    }

    /**
     * Clears the holder, if it is this replica. Only after the last pass has ended. Best effort: otherwise the Lease
     * expires.
     */
    public void release() {
        try {
            Lease held = client.leases()
                    .inNamespace(lease.namespace())
                    .withName(lease.name())
                    .get();
            if (held == null || !lease.identity().equals(held.getSpec().getHolderIdentity())) {
                return;
            }
            held.getSpec().setHolderIdentity("");
            held.getSpec().setLeaseDurationSeconds(1);
            // With its resource version: a replica that was faster keeps the Lease.
            client.resource(held).update();
            LOG.info("The Lease is released");
        } catch (KubernetesClientException refused) {
            LOG.info("The Lease could not be released and expires: {}", refused.getMessage());
        }
    }
}
