package dev.redisaccess.operator.redis;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The ports of an OSSCluster database's shards, from {@code CLUSTER SLOTS} (redis.io/commands/cluster-slots): entries of
 * {@code [first, last, [host, port, id, …], …replicas]}. The reported hosts are addresses of the cluster's own network;
 * clients reach every shard under the database's public name, at the shard's port.
 */
final class ShardPorts {

    private ShardPorts() {}

    /** The distinct ports, of masters and replicas; empty if the reply has another shape. */
    static SortedSet<Integer> of(List<?> slots) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (Object range : slots) {
            if (range instanceof List<?> fields) {
                fields.stream().skip(2).forEach(node -> addPort(node, ports));
            }
        }
        return ports;
    }

    private static void addPort(Object node, Collection<Integer> ports) {
        if (node instanceof List<?> fields && fields.size() > 1 && fields.get(1) instanceof Number port) {
            ports.add(port.intValue());
        }
    }
}
