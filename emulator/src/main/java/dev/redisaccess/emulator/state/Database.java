package dev.redisaccess.emulator.state;

/**
 * A {@code databases} resource.
 *
 * @param port what clients connect to; 0 until the Redis front has chosen one
 * @param clusteringPolicy {@code EnterpriseCluster}, {@code OSSCluster} or {@code NoCluster}
 * @param accessKeys whether the access keys work ({@code accessKeysAuthentication} is {@code Enabled})
 * @param shards how many shards an {@code OSSCluster} shows; at least 1
 * @param evictionPolicy stored and shown, without effect
 */
public record Database(
        ArmId id,
        int port,
        String clusteringPolicy,
        boolean accessKeys,
        int shards,
        String evictionPolicy,
        ProvisioningState state) {

    Database in(ProvisioningState other) {
        return new Database(id, port, clusteringPolicy, accessKeys, shards, evictionPolicy, other);
    }

    /** A copy that listens there. */
    public Database on(int chosenPort) {
        return new Database(id, chosenPort, clusteringPolicy, accessKeys, shards, evictionPolicy, state);
    }

    Database at(ArmId other) {
        return new Database(other, port, clusteringPolicy, accessKeys, shards, evictionPolicy, state);
    }

    public ArmId cluster() {
        return id.parent();
    }
}
