package dev.redisaccess.operator.binding.environment;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Principal;

/**
 * What a workload must know to log in: where the values of the variables come from.
 *
 * @param endpoint where the database is reached
 * @param clusteringPolicy which kind of client it needs
 * @param principal who the workload is at Entra
 * @param scope what it asks Entra's token for, {@code https://redis.azure.com/.default} in every cloud
 */
public record Connection(Endpoint endpoint, ClusteringPolicy clusteringPolicy, Principal principal, String scope) {}
