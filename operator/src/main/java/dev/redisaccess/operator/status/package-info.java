/**
 * Conditions from findings, pure. What a step came to is an {@link dev.redisaccess.operator.binding.Finding}; here it
 * becomes what {@code kubectl} shows, with times that move only on a change, and with Ready derived from the rest.
 */
package dev.redisaccess.operator.status;
