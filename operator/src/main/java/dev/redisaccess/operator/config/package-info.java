/**
 * The configuration: one record per option, read from environment variables once, at the start. A wrong value ends the start
 * with a message that names every variable that is wrong.
 */
package dev.redisaccess.operator.config;
