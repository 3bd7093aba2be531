package dev.redisaccess.emulator.redis;

/** How a database spreads its keys; the names are those of Azure's {@code clusteringPolicy}. */
public enum ClusteringPolicy {
    /** One endpoint in front of all shards; to a client it looks like a single server. */
    EnterpriseCluster,
    /** Redis Cluster: the client is told about the shards ({@code MOVED}, {@code CLUSTER SLOTS}) and talks to each. */
    OSSCluster,
    /** A single server. */
    NoCluster
}
