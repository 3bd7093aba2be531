/**
 * One command that shows the product working on one machine: an embedded Kubernetes API in this process, the emulator of
 * Azure, the operator and an application of {@code examples/workloads} as processes of their own.
 * {@link dev.redisaccess.quickstart.Quickstart} has the steps; each is verified, or the run fails and prints why.
 * Everything that is applied comes from the files that a user applies: {@code crds/} and {@code examples/quickstart/}.
 */
package dev.redisaccess.quickstart;
