/**
 * The proof: one login to Redis as the workload, over TLS that is always verified, with each step timed and each failure
 * named. One Lettuce client serves every check, so that nothing grows with their number. Failures are classified by pure
 * functions over the exception, in tables that a test walks.
 */
package dev.redisaccess.operator.redis;
