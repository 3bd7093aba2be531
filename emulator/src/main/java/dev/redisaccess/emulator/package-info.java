/**
 * The emulator as a whole: the program, and the wiring of its parts. {@link dev.redisaccess.emulator.Emulator} starts
 * everything in this process; {@link dev.redisaccess.emulator.Main} does so from the command line. The other packages
 * depend on each other only where one needs the values of another.
 */
package dev.redisaccess.emulator;
