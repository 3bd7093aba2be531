/**
 * Starts programs: each a process of its own, with the environment that it is given and its log files. {@link
 * dev.redisaccess.launcher.OperatorProcess} is where the operator is started as a process, outside the tests of module operator, and {@link
 * dev.redisaccess.launcher.OperatorEnvironment} the one place that has its environment.
 */
package dev.redisaccess.launcher;
