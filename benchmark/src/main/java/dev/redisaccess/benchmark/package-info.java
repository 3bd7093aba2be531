/**
 * Measures the shipped operator: {@code scenario} has the workloads, {@code stage} the platform,
 * {@code measure} the measurements, {@code report} their output.
 */
package dev.redisaccess.benchmark;
