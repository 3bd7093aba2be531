/**
 * A sample workload: what an application does with the environment that a pod gets, on Lettuce and azure-identity. It runs
 * as a JVM of its own and knows nothing of the quickstart: it reads environment variables, takes commands from standard
 * input, and prints one line for each thing that happened. Nothing it prints holds a token.
 */
package dev.redisaccess.quickstart.workload;
