package dev.redisaccess.emulator.state;

import java.util.Map;

/**
 * A {@code Microsoft.Cache/redisEnterprise} resource.
 *
 * @param location as the client wrote it or as its display name; returned unchanged
 * @param sku for example {@code Balanced_B0}
 * @param hostName the host that clients connect to
 * @param kept other fields that were written
 */
public record Cluster(
        ArmId id,
        String location,
        String sku,
        String hostName,
        Map<String, String> tags,
        ProvisioningState state,
        StoredFields kept) {

    public Cluster {
        tags = Map.copyOf(tags);
    }

    /** A cluster without other fields. */
    public Cluster(
            ArmId id, String location, String sku, String hostName, Map<String, String> tags, ProvisioningState state) {
        this(id, location, sku, hostName, tags, state, StoredFields.NOTHING);
    }

    Cluster in(ProvisioningState other) {
        return new Cluster(id, location, sku, hostName, tags, other, kept);
    }

    Cluster at(ArmId other) {
        return new Cluster(other, location, sku, hostName, tags, state, kept);
    }
}
