/**
 * The thread pools of the process, and the order in which they run tasks. In addition, the Azure side has workers and a timer
 * of its own ({@code ThreadWorkers}), each HTTP server one thread ({@code SmallHttpServer}), and {@code PauseFence} one.
 */
package dev.redisaccess.operator.threads;
