/**
 * Whom the operator trusts over TLS: the JVM's own authorities, and those of the CA bundle. One set for ARM, Entra and
 * Redis. Nothing here can make verification weaker.
 */
package dev.redisaccess.operator.tls;
