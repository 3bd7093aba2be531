package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Endpoint;
import java.util.List;

/**
 * A database, as ARM describes it.
 *
 * @param endpoint the cluster's host name and the database's port
 * @param clusteringPolicy which kind of client it needs
 * @param accessKeysEnabled whether access keys still work
 * @param modules the names of its modules; with any of them Azure has no access strings
 */
public record Database(
        Endpoint endpoint, ClusteringPolicy clusteringPolicy, boolean accessKeysEnabled, List<String> modules) {

    public Database {
        modules = List.copyOf(modules);
    }

    /** A database without modules. */
    public Database(Endpoint endpoint, ClusteringPolicy clusteringPolicy, boolean accessKeysEnabled) {
        this(endpoint, clusteringPolicy, accessKeysEnabled, List.of());
    }
}
