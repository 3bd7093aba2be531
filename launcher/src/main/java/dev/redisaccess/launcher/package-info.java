/**
 * Starts programs: each a process of its own, with the environment that it is given and its log files. {@link
 * dev.redisaccess.launcher.OperatorProcess} is the one place where the operator is started as a process, and {@link
 * dev.redisaccess.launcher.OperatorEnvironment} the one place that has its environment.
 */
package dev.redisaccess.launcher;
