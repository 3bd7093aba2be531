/**
 * Faults on demand: rules with the requests that are hit, the time and the action. The configuration file and
 * the control API accept the same records. One interceptor applies them, in front of every service.
 */
package dev.redisaccess.emulator.fault;
