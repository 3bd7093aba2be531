/**
 * The programs that the quickstart starts: each a JVM of its own, with the environment that it is given and a log file.
 * They end when they are told to, and at the latest when the quickstart ends, however that comes about.
 */
package dev.redisaccess.quickstart.process;
