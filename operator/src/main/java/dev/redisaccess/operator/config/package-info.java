/**
 * How the operator runs: one record per option, read from the environment once, at the start. A wrong value ends the start
 * with a message that names every variable concerned.
 */
package dev.redisaccess.operator.config;
