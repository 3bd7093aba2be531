package dev.redisaccess.emulator.state;

/**
 * A {@code databases} resource.
 *
 * @param port what clients connect to; 0 until the Redis front has chosen one
 * @param clusteringPolicy {@code EnterpriseCluster}, {@code OSSCluster} or {@code NoCluster}
 * @param accessKeys whether the access keys work ({@code accessKeysAuthentication} is {@code Enabled})
 * @param shards how many shards an {@code OSSCluster} shows; at least 1
 * @param evictionPolicy stored and shown, without effect
 * @param kept what else was written, without effect
 * @param keys the access keys, also while they do not work
 */
public record Database(
        ArmId id,
        int port,
        String clusteringPolicy,
        boolean accessKeys,
        int shards,
        String evictionPolicy,
        ProvisioningState state,
        Kept kept,
        AccessKeys keys) {

    /** A database of which nothing else was written, with new keys. */
    public Database(
            ArmId id,
            int port,
            String clusteringPolicy,
            boolean accessKeys,
            int shards,
            String evictionPolicy,
            ProvisioningState state) {
        this(id, port, clusteringPolicy, accessKeys, shards, evictionPolicy, state, Kept.NOTHING, AccessKeys.random());
    }

    Database in(ProvisioningState other) {
        return copy(id, port, other, keys);
    }

    /** A copy that listens there. */
    public Database on(int chosenPort) {
        return copy(id, chosenPort, state, keys);
    }

    Database at(ArmId other) {
        return copy(other, port, state, keys);
    }

    Database with(AccessKeys others) {
        return copy(id, port, state, others);
    }

    /** A copy in which that was written too. */
    public Database keeping(Kept more, AccessKeys others) {
        return new Database(
                id, port, clusteringPolicy, accessKeys, shards, evictionPolicy, state, kept.and(more), others);
    }

    private Database copy(ArmId otherId, int otherPort, ProvisioningState otherState, AccessKeys otherKeys) {
        return new Database(
                otherId, otherPort, clusteringPolicy, accessKeys, shards, evictionPolicy, otherState, kept, otherKeys);
    }

    public ArmId cluster() {
        return id.parent();
    }
}
