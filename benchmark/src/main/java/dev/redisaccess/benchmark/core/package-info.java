/**
 * The parts of the operator that are pure and that every pass, or every reading of a database, goes through: measured with
 * JMH, in a process with the operator's own JVM flags, for databases with more and more bindings. What is within a pass
 * costs once per pass; a search of all bindings of a database costs that much for each of them.
 */
package dev.redisaccess.benchmark.core;
