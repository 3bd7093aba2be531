/**
 * Log lines and Kubernetes Events on transitions, metrics, and health. Nothing here
 * changes what the operator does.
 */
package dev.redisaccess.operator.telemetry;
