package dev.redisaccess.emulator.config;

/**
 * A database.
 *
 * @param name {@code default} by default, and always in Azure
 * @param port the port for clients; 0, the default, chooses one
 * @param clusteringPolicy {@code OSSCluster} by default, as in Azure
 * @param accessKeysAuthentication {@code Disabled} by default
 * @param shards the number of shards of an {@code OSSCluster}; 1 by default, at most 16
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
