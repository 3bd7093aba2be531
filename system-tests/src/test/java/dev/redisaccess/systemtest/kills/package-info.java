/**
 * The operator as a process of its own that dies at any moment, or is stopped and goes on, while its bindings are created,
 * changed and deleted. What it finds afterwards, the API server and Azure, live in the test's process and go on.
 */
package dev.redisaccess.systemtest.kills;
