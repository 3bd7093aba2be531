/**
 * The authorities that the operator trusts: the JVM's own, and those of the CA bundle. One set for Azure, Entra and Redis.
 * Nothing here makes TLS verification weaker.
 */
package dev.redisaccess.operator.tls;
