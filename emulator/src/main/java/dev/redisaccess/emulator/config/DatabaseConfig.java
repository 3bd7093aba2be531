package dev.redisaccess.emulator.config;

/**
 * A database.
 *
 * @param name {@code default} unless given, as it always is on Azure
 * @param port what clients connect to; 0, the default, chooses one
 * @param clusteringPolicy {@code OSSCluster} unless given, as on Azure
 * @param accessKeysAuthentication {@code Disabled} unless given
 * @param shards how many an {@code OSSCluster} has; 1 unless given, at most 16
 */
public record DatabaseConfig(
        String name, int port, String clusteringPolicy, String accessKeysAuthentication, Integer shards) {

    public DatabaseConfig {
        name = name == null ? "default" : Check.given("name", name);
        Check.between("port", port, 0, 65_535);
        clusteringPolicy = clusteringPolicy == null
                ? "OSSCluster"
                : Check.oneOf("clusteringPolicy", clusteringPolicy, "EnterpriseCluster", "OSSCluster", "NoCluster");
        accessKeysAuthentication = accessKeysAuthentication == null
                ? "Disabled"
                : Check.oneOf("accessKeysAuthentication", accessKeysAuthentication, "Enabled", "Disabled");
        shards = shards == null ? 1 : Check.between("shards", shards, 1, 16);
    }
}
