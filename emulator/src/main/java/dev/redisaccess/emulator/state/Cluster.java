package dev.redisaccess.emulator.state;

import java.util.Map;

/**
 * A {@code Microsoft.Cache/redisEnterprise} resource.
 *
 * @param location as the client wrote it or as its display name; shown as it is
 * @param sku for example {@code Balanced_B0}
 * @param hostName what clients connect to
 */
public record Cluster(
        ArmId id, String location, String sku, String hostName, Map<String, String> tags, ProvisioningState state) {

    public Cluster {
        tags = Map.copyOf(tags);
    }

    Cluster in(ProvisioningState other) {
        return new Cluster(id, location, sku, hostName, tags, other);
    }

    Cluster at(ArmId other) {
        return new Cluster(other, location, sku, hostName, tags, state);
    }
}
