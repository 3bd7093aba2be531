package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Endpoint;

/**
 * A database, as ARM describes it.
 *
 * @param endpoint the cluster's host name and the database's port
 * @param clusteringPolicy which kind of client it needs
 * @param accessKeysEnabled whether access keys still work
 */
public record Database(Endpoint endpoint, ClusteringPolicy clusteringPolicy, boolean accessKeysEnabled) {}
