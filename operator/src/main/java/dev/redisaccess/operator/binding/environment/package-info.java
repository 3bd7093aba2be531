/**
 * The variables that a pod reads, as a table: one row for one name, with its value, its meaning and the programs that read it. Pure,
 * so that the ConfigMap and the page docs/reference/environment.md come from the same rows. Nothing in it is secret:
 * a workload's password is a token that it requests from Entra.
 */
package dev.redisaccess.operator.binding.environment;
