/**
 * Verification: one login to Redis as the workload, over TLS that is always verified, with a duration for each step and a
 * reason for each failure. One Lettuce client serves every verification, so that nothing grows with their number. Failures are
 * classified by pure functions over the exception.
 */
package dev.redisaccess.operator.redis;
