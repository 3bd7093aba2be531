/**
 * The emulator as a whole: the program, and the wiring of its parts. {@link dev.redisaccess.emulator.Emulator} starts
 * everything in this process; {@link dev.redisaccess.emulator.Main} does so from the command line. The other packages
 * do not know each other except where one needs the values of another.
 */
package dev.redisaccess.emulator;
