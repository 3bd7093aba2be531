/**
 * The client of the API server, and filters that keep of its responses only what the operator reads. A tenant with the role
 * {@code edit} in one namespace can make any of its objects a megabyte large, and has thousands of them.
 */
package dev.redisaccess.operator.kubernetes;
