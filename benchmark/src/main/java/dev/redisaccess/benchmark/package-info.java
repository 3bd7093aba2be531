/**
 * Measures the operator as it is shipped: {@code scenario} has what is done, {@code measure} what is read from
 * processes, {@code report} what is written. The operator runs on {@code dev.redisaccess.testbed}.
 */
package dev.redisaccess.benchmark;
