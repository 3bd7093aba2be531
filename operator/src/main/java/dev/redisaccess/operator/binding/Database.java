package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * A database, as ARM describes it.
 *
 * @param endpoint the cluster's host name and the database's port
 * @param clusteringPolicy which kind of client it needs
 * @param accessKeysEnabled whether access keys still work; empty: Azure does not say so in a known word
 * @param modules the names of its modules; with any of them Azure has no access strings
 */
public record Database(
        Endpoint endpoint,
        ClusteringPolicy clusteringPolicy,
        Optional<Boolean> accessKeysEnabled,
        List<String> modules) {

    public Database {
        modules = List.copyOf(modules);
    }

    /** A database without modules. */
    public Database(Endpoint endpoint, ClusteringPolicy clusteringPolicy, boolean accessKeysEnabled) {
        this(endpoint, clusteringPolicy, Optional.of(accessKeysEnabled), List.of());
    }
}
