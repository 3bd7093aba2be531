/**
 * Conditions from findings, pure. The result of a step is a {@link dev.redisaccess.operator.binding.Finding}; here it
 * becomes a condition, with a time that changes only with the status, and with Ready derived from the others.
 */
package dev.redisaccess.operator.status;
