/**
 * The operator as a process of its own that dies at any moment, or is paused and continues, while its bindings are created,
 * changed and deleted. What it finds afterwards, the API server and Azure, live in the test's process and continue.
 */
package dev.redisaccess.systemtest.kills;
