/**
 * Attacks on the API server: by a tenant with the cluster's role {@code edit} or with every verb on every resource of a
 * namespace, and by an operator that was taken over. Each is tried with the permissions that the attacker has, on a real
 * API server with the chart's policies.
 */
package dev.redisaccess.operator.kubernetes.attack;
