/**
 * The outside systems, as the domain sees them: one interface each, with one real adapter and one fake for tests;
 * and what the adapters share, {@link dev.redisaccess.operator.binding.port.Deadline} and {@link
 * dev.redisaccess.operator.binding.port.CauseChain}.
 * Expected failures are values ({@link dev.redisaccess.operator.binding.Result}), not exceptions.
 */
package dev.redisaccess.operator.binding.port;
