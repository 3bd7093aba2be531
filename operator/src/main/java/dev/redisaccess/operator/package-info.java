/**
 * The program: {@link dev.redisaccess.operator.Main} starts it, {@link dev.redisaccess.operator.OperatorRuntime} builds every
 * object once. To understand what the operator does, start in package {@code binding} instead.
 */
package dev.redisaccess.operator;
