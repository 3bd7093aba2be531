package dev.redisaccess.quickstart;

import dev.redisaccess.quickstart.process.ChildProcess;
import dev.redisaccess.quickstart.process.Launch;
import dev.redisaccess.quickstart.process.Programs;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The operator as it is shipped, with its production settings: all that differs is where Azure is. */
final class OperatorProgram {
    static final ServiceAccountName ACCOUNT = new ServiceAccountName("redis-access-system", "redis-access-operator");

    /** A lease that another operator did not give up is free after 15 s. */
    private static final Duration START = Duration.ofSeconds(120);

    private final ChildProcess process;
    private final String podName;

    private OperatorProgram(ChildProcess process, String podName) {
        this.process = process;
        this.podName = podName;
    }

    /** The operator's identity at Azure. */
    record Identity(String clientId, String tenantId, Path federatedToken) {}

    static OperatorProgram start(Programs programs, Path jar, Cluster cluster, Endpoints azure, Identity identity) {
        String podName = "quickstart-" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KUBECONFIG", cluster.kubeconfig().toString());
        environment.put("AZURE_AUTHORITY_HOST", azure.authority());
        environment.put("AZURE_TENANT_ID", identity.tenantId());
        environment.put("AZURE_CLIENT_ID", identity.clientId());
        environment.put("AZURE_FEDERATED_TOKEN_FILE", identity.federatedToken().toString());
        environment.put("REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT", azure.arm());
        environment.put("REDIS_ACCESS_CA_BUNDLE", azure.caFile().toString());
        environment.put("REDIS_ACCESS_HEALTH_PORT", "0");
        environment.put("REDIS_ACCESS_METRICS_PORT", "0");
        environment.put("POD_NAMESPACE", ACCOUNT.namespace());
        environment.put("POD_NAME", podName);
        Launch launch = Launch.jar("operator", jar, List.of()).with(environment);
        return new OperatorProgram(programs.start(launch), podName);
    }

    ChildProcess process() {
        return process;
    }

    /** Waits until it is the leader: from then on it reconciles. */
    void awaitLeadership(KubernetesClient client) {
        new Patience("operator", START, List.of(process))
                .until("the operator to hold its Lease", () -> heldLease(client));
    }

    private Optional<Lease> heldLease(KubernetesClient client) {
        return client.leases().inNamespace(ACCOUNT.namespace()).list().getItems().stream()
                .filter(lease -> lease.getSpec() != null
                        && lease.getSpec().getHolderIdentity() != null
                        && lease.getSpec().getHolderIdentity().contains(podName))
                .findFirst();
    }
}
