package dev.redisaccess.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class LeaseHolderTest {

    private static final OperatorConfig.Lease OURS = new OperatorConfig.Lease("operator", "system", "replica-1");

    private KubernetesClient client;

    @Test
    void givesBackWhatThisReplicaHolds() {
        leaseOf("replica-1");
        new LeaseHolder(client, OURS).release();
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
    }

    @Test
    void leavesTheLeaseOfAnotherReplica() {
        leaseOf("replica-2");
        new LeaseHolder(client, OURS).release();
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("replica-2");
    }

    @Test
    void isHeldOnlyWhileItIsOursAndRenewed() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        var held = new LeaseHolder(client, OURS);
        assertThat(held.held(now)).isFalse();
        leaseOf("replica-1");
        assertThat(held.held(now)).as("never renewed").isFalse();
        renewedAt(now.minusSeconds(2));
        assertThat(held.held(now)).isTrue();
        assertThat(held.held(now.plusSeconds(10))).isFalse();
        assertThat(new LeaseHolder(client, new OperatorConfig.Lease("operator", "system", "replica-2")).held(now))
                .isFalse();
    }

    private void renewedAt(Instant time) {
        Lease lease = lease();
        lease.getSpec().setRenewTime(time.atZone(ZoneOffset.UTC));
        client.resource(lease).update();
    }

    @Test
    void needsNoLease() {
        new LeaseHolder(client, OURS).release();
        assertThat(lease()).isNull();
    }

    private void leaseOf(String holder) {
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("operator")
                        .withNamespace("system")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(holder)
                        .withLeaseDurationSeconds(15)
                        .endSpec()
                        .build())
                .create();
    }

    private Lease lease() {
        return client.leases().inNamespace("system").withName("operator").get();
    }
}
