package dev.redisaccess.operator.binding.environment;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Principal;

/**
 * What a workload needs to log in; the values of the variables.
 *
 * @param endpoint of the database
 * @param clusteringPolicy which kind of client it requires
 * @param principal the identity of the workload
 * @param scope of the workload's token, {@code https://redis.azure.com/.default} in every cloud
 */
public record ConnectionSettings(
        Endpoint endpoint, ClusteringPolicy clusteringPolicy, Principal principal, String scope) {}
