package dev.redisaccess.operator.azure;

import com.azure.resourcemanager.redisenterprise.fluent.models.ClusterInner;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A database as Azure describes it. Text that is missing in the answer is empty.
 *
 * @param clientProtocol Encrypted or Plaintext
 * @param clusteringPolicy OSSCluster, EnterpriseCluster or NoCluster
 * @param accessKeysAuthentication Enabled or Disabled
 */
record DatabaseDescription(
        Optional<Integer> port,
        String clientProtocol,
        String clusteringPolicy,
        String accessKeysAuthentication,
        State state) {

    /** Of every Azure Managed Redis database so far. */
    private static final int DEFAULT_PORT = 10000;

    /**
     * The Redis cluster of a database.
     *
     * @param hostName for clients; empty text if there is none yet
     */
    record Cluster(String hostName, State state) {

        static Cluster of(ClusterInner cluster) {
            return new Cluster(
                    Optional.ofNullable(cluster.hostname()).orElse(""),
                    new State(text(cluster.resourceState()), text(cluster.provisioningState())));
        }

        private static String text(Object state) {
            return state == null ? "" : state.toString();
        }
    }

    /**
     * The state of a cluster or a database. Text that is missing in the answer is empty.
     *
     * @param resourceState Running, Scaling, CreateFailed, …
     * @param provisioningState of the last change: Succeeded, Updating, Failed, …
     */
    record State(String resourceState, String provisioningState) {

        /** In these it does not answer, or will not for long; in all others (Running, Updating, Scaling, Moving) it does. */
        private static final List<String> DOWN = List.of("creating", "deleting", "enabling", "disabling", "disabled");

        private static final List<String> NOT_PROVISIONED = List.of("creating", "deleting", "failed", "canceled");

        /** Whether clients are served. The state of the resource counts more than that of its last change. */
        boolean isServing() {
            String state = resourceState.toLowerCase(Locale.ROOT);
            if (state.isEmpty()) {
                return !NOT_PROVISIONED.contains(provisioningState.toLowerCase(Locale.ROOT));
            }
            return !DOWN.contains(state) && !state.endsWith("failed");
        }

        String text() {
            return resourceState.isEmpty() ? provisioningState : resourceState;
        }
    }

    /** The database for clients, or why it can't be used. */
    Result<Database> toDatabase(DatabaseId id, Cluster cluster) {
        if (!cluster.state().isServing()) {
            return notRunning(id.clusterPath(), cluster.state());
        }
        if (!state.isServing()) {
            return notRunning(id.path(), state);
        }
        if (clientProtocol.equalsIgnoreCase("Plaintext")) {
            return Result.failed(Problem.of(
                    Reason.ENCRYPTION_DISABLED,
                    "`clientProtocol` of `" + id + "` must be Encrypted, because Entra tokens work over TLS only."));
        }
        if (cluster.hostName().isEmpty()) {
            return Result.failed(Problem.of(
                    Reason.DATABASE_NOT_RUNNING, "Azure reports no host name for `" + id.clusterPath() + "` yet."));
        }
        return Result.ok(new Database(
                new Endpoint(cluster.hostName(), port.orElse(DEFAULT_PORT)),
                policy(),
                accessKeysAuthentication.equalsIgnoreCase("Enabled")));
    }

    private static Result<Database> notRunning(String path, State state) {
        return Result.failed(Problem.of(
                Reason.DATABASE_NOT_RUNNING,
                "Azure reports `" + path + "` as `" + state.text() + "`. It must be `Running`."));
    }

    /** OSSCluster is the service's default; any policy has one endpoint, also one that is not known here. */
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
