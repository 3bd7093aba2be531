/**
 * Whole-operator scenarios: the real {@code OperatorRuntime}, in this process, against the embedded Kubernetes API and the
 * emulated Azure, with signed tokens, TLS and a real redis-server; nothing but a JDK is needed. {@link dev.redisaccess.systemtest.scenario.LocalPlatform} is what every class
 * starts with, and a {@link dev.redisaccess.systemtest.scenario.Tenant} of its own is what every test works in.
 */
package dev.redisaccess.systemtest.scenario;
