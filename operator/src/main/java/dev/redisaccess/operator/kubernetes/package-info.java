/**
 * What the API server sends, cut down to what the operator reads before it takes memory. A tenant with the role
 * {@code edit} in one namespace can make any of its objects a megabyte large, and has thousands of them.
 */
package dev.redisaccess.operator.kubernetes;
