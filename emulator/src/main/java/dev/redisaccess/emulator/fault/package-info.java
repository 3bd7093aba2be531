/**
 * Faults on demand: rules that say which request is hit, when, and what happens to it. The configuration file and
 * the control API accept the same records. One interceptor applies them, in front of every service.
 */
package dev.redisaccess.emulator.fault;
