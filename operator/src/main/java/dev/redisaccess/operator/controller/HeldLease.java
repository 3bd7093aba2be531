package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease of this replica, to be given back. The framework lets it expire, so that after each rolling update nobody would
 * lead for up to 15 seconds.
 */
public final class HeldLease {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);

    private final KubernetesClient client;
    private final OperatorConfig.Lease lease;

    public HeldLease(KubernetesClient client, OperatorConfig.Lease lease) {
        this.client = client;
        this.lease = lease;
    }

    /**
     * Says that nobody leads, if this replica did. Only after the last pass has ended. Best effort: what can't be given back
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
            // With its resource version: if somebody was faster, the Lease is theirs.
            client.resource(held).update();
            LOG.info("The Lease is given back");
        } catch (KubernetesClientException refused) {
            LOG.info("The Lease is left to expire: {}", refused.getMessage());
        }
    }
}
