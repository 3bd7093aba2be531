package dev.redisaccess.operator.binding.environment;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Principal;
import java.util.Optional;

/**
 * What a workload needs to log in; the values of the variables.
 *
 * @param endpoint of the database
 * @param clusteringPolicy which kind of client it requires
 * @param principal the identity of the workload
 * @param scope of the workload's token, {@code https://redis.azure.com/.default} in every cloud
 * @param keyPrefix with which every key begins that the workload may use; empty: its access has no such prefix
 */
public record ConnectionSettings(
        Endpoint endpoint,
        ClusteringPolicy clusteringPolicy,
        Principal principal,
        String scope,
        Optional<String> keyPrefix) {

    /** Without a prefix of keys. */
    public ConnectionSettings(Endpoint endpoint, ClusteringPolicy clusteringPolicy, Principal principal, String scope) {
        this(endpoint, clusteringPolicy, principal, scope, Optional.empty());
    }
}
