/**
 * Measures the shipped operator: {@code scenario} has the workloads, {@code measure} the measurements, {@code report}
 * their output. The operator runs on {@code dev.redisaccess.testbed}.
 */
package dev.redisaccess.benchmark;
