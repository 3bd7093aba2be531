package dev.redisaccess.emulator.config;

import dev.redisaccess.emulator.state.ArmId;
import java.util.List;

/**
 * A cluster.
 *
 * @param resourceId a {@code Microsoft.Cache/redisEnterprise} id
 * @param location a region; "West US 2" by default
 * @param sku {@code Balanced_B0} by default
 * @param hostName the host that ARM reports and clients connect to; {@code localhost} by default
 */
public record ClusterConfig(
        String resourceId, String location, String sku, String hostName, List<DatabaseConfig> databases) {

    public ClusterConfig {
        Check.resource("resourceId", resourceId, "Microsoft.Cache/redisEnterprise");
        location = location == null ? "West US 2" : location;
        sku = sku == null ? "Balanced_B0" : sku;
        hostName = hostName == null ? "localhost" : Check.given("hostName", hostName);
        databases = Check.list(databases);
    }

    public ArmId id() {
        return new ArmId(resourceId);
    }
}
