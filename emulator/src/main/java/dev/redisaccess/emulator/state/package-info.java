/**
 * The state of the emulated Azure: resources, operations, identities and roles, and the clock by which operations end.
 * The package is pure: nothing here does I/O, and everything that depends on time is computed from a clock that can be
 * frozen and moved. Changes for the Redis side are returned as a list.
 */
package dev.redisaccess.emulator.state;
