/**
 * What an operator that is measured or trained works on: a Kubernetes API (embedded or real), the emulated Azure, databases
 * and bindings, and what the operator sends to both. The operator is a process of its own, as it is shipped.
 */
package dev.redisaccess.testbed;
