package dev.redisaccess.emulator.redis;

/** How keys are distributed over shards; the names are those of Azure's {@code clusteringPolicy}. */
public enum ClusteringPolicy {
    /** One endpoint in front of all shards; to a client it looks like a single server. */
    EnterpriseCluster,
    /** Redis Cluster: the client gets the shards' addresses ({@code MOVED}, {@code CLUSTER SLOTS}) and connects to each. */
    OSSCluster,
    /** A single server. */
    NoCluster
}
