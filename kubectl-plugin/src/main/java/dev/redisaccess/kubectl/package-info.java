/**
 * {@code kubectl redisaccess}: who has access to a database, why a binding does not work, and what applying objects would
 * change. {@link dev.redisaccess.kubectl.ClusterReader} is the only class that calls the API server; everything else is a
 * function of what it returned.
 */
package dev.redisaccess.kubectl;
