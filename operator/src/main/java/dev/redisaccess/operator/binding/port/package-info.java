/**
 * The outside systems, as the domain sees them: one interface each, with one real adapter and one fake for tests.
 * Expected failures are values ({@link dev.redisaccess.operator.binding.Result}), not exceptions.
 */
package dev.redisaccess.operator.binding.port;
