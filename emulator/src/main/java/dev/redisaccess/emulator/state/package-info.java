/**
 * What Azure would remember: resources, operations, identities and roles, and the clock by which operations end.
 * The package is pure: nothing here does I/O, and everything that depends on time is computed from a clock that can be
 * frozen and moved. What the Redis side has to be told comes out as a list of changes.
 */
package dev.redisaccess.emulator.state;
