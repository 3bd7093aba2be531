package dev.redisaccess.operator.binding;

/** How a database spreads keys over shards, and so which kind of client it needs. The names are ARM's. */
public enum ClusteringPolicy {
    /** Clients talk to the shards: they need a cluster client, and a way to the shards' ports. */
    OSSCluster,
    /** One endpoint, any client. */
    EnterpriseCluster,
    /** One shard, one endpoint, any client. */
    NoCluster
}
