/** Tests of the plugin: each form of output, and the commands against a real API server. */
package dev.redisaccess.kubectl;
