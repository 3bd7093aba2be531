package dev.redisaccess.emulator.state;

/**
 * A {@code databases} resource.
 *
 * @param port the port for clients; 0 until the Redis front has chosen one
 * @param clusteringPolicy {@code EnterpriseCluster}, {@code OSSCluster} or {@code NoCluster}
 * @param accessKeys whether the access keys work ({@code accessKeysAuthentication} is {@code Enabled})
 * @param shards the number of shards of an {@code OSSCluster}; at least 1
 * @param evictionPolicy stored and returned, without effect
 * @param kept other fields that were written, without effect
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
        StoredFields kept,
        AccessKeys keys) {

    /** A database without other fields, with new keys. */
    public Database(
            ArmId id,
            int port,
            String clusteringPolicy,
            boolean accessKeys,
            int shards,
            String evictionPolicy,
            ProvisioningState state) {
        this(
                id,
                port,
                clusteringPolicy,
                accessKeys,
                shards,
                evictionPolicy,
                state,
                StoredFields.NOTHING,
                AccessKeys.random());
    }

    Database in(ProvisioningState other) {
        return copy(id, port, other, keys);
    }

    /** A copy with that port. */
    public Database on(int chosenPort) {
        return copy(id, chosenPort, state, keys);
    }

    Database at(ArmId other) {
        return copy(other, port, state, keys);
    }

    Database with(AccessKeys others) {
        return copy(id, port, state, others);
    }

    /** A copy with further fields. */
    public Database keeping(StoredFields more, AccessKeys others) {
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
