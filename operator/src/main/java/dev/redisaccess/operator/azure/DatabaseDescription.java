package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import java.util.Optional;

/**
 * A database in ARM's words, not judged yet. Text that ARM does not say is empty.
 *
 * @param port what clients connect to
 * @param clientProtocol Encrypted or Plaintext
 * @param clusteringPolicy OSSCluster, EnterpriseCluster or NoCluster
 * @param accessKeysAuthentication Enabled or Disabled
 * @param condition how it is
 */
record DatabaseDescription(
        Optional<Integer> port,
        String clientProtocol,
        String clusteringPolicy,
        String accessKeysAuthentication,
        ResourceCondition condition) {

    /** Of every Azure Managed Redis database so far. */
    private static final int DEFAULT_PORT = 10000;

    /** Whether it can be used, and how. */
    Result<Database> judge(DatabaseId id, ClusterDescription cluster) {
        if (!cluster.condition().serves()) {
            return notRunning(id.clusterPath(), cluster.condition());
        }
        if (!condition.serves()) {
            return notRunning(id.path(), condition);
        }
        if (clientProtocol.equalsIgnoreCase("Plaintext")) {
            return Result.failed(Problem.of(
                    Reason.ENCRYPTION_DISABLED,
                    "`clientProtocol` of `" + id + "` must be `Encrypted`, because Entra tokens require TLS."));
        }
        if (cluster.hostName().isEmpty()) {
            return Result.failed(Problem.of(
                    Reason.DATABASE_NOT_RUNNING,
                    "Azure reports no host name for `" + id.clusterPath() + "` yet. Wait until Azure has created it."));
        }
        return Result.ok(new Database(
                new Endpoint(cluster.hostName(), port.orElse(DEFAULT_PORT)),
                policy(),
                accessKeysAuthentication.equalsIgnoreCase("Enabled")));
    }

    private static Result<Database> notRunning(String path, ResourceCondition condition) {
        return Result.failed(Problem.of(
                Reason.DATABASE_NOT_RUNNING,
                "Azure reports `" + path + "` as `" + condition.text()
                        + "`, not as `Running`. Wait, or look at its resource health."));
    }

    /** OSSCluster is the service's default; one endpoint is what any policy has, also one that we do not know yet. */
    private ClusteringPolicy policy() {
        if (clusteringPolicy.isEmpty()) {
            return ClusteringPolicy.OSSCluster;
        }
        for (ClusteringPolicy known : ClusteringPolicy.values()) {
            if (known.name().equalsIgnoreCase(clusteringPolicy)) {
                return known;
            }
        }
        return ClusteringPolicy.EnterpriseCluster;
    }
}
