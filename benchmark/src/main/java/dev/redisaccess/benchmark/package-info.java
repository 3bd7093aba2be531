/**
 * Measures the operator as it is shipped: {@code scenario} says what is done, {@code stage} what it is done on,
 * {@code measure} what is looked at, {@code report} what is told.
 */
package dev.redisaccess.benchmark;
