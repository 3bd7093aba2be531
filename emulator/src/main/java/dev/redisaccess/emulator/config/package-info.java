/**
 * The configuration file as records, which validate their values. A field that is unknown, missing or malformed is
 * refused with a message that begins with the path of the field.
 */
package dev.redisaccess.emulator.config;
