/**
 * Traces of bindings on their way to Ready, off by default. {@code BindingTraces} collects what happens, without OpenTelemetry;
 * {@code TraceExport} alone uses it, and is not loaded where traces are off.
 */
package dev.redisaccess.operator.telemetry.trace;
