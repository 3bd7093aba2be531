/**
 * The control API, which Azure does not have: state, clock, faults, the log of requests, and key rotation. It needs
 * no token and listens on the loopback interface only.
 */
package dev.redisaccess.emulator.control;
