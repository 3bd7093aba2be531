/**
 * One command that shows the product working on one machine: an embedded Kubernetes API in this process, the emulator of
 * Azure, the operator and an application of {@code examples/workloads} as processes of their own. {@link dev.redisaccess.quickstart.Quickstart} tells
 * the story, step by step; each step is seen to happen or the run fails and says why. Everything that is applied comes
 * from the files that a user applies: {@code crds/} and {@code examples/quickstart/}.
 */
package dev.redisaccess.quickstart;
