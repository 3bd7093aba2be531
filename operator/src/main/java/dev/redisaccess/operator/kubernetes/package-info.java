/**
 * Reduces the answers of the API server to what the operator reads, before they take memory. A tenant with the role
 * {@code edit} in one namespace can make any of its objects a megabyte large, and has thousands of them.
 */
package dev.redisaccess.operator.kubernetes;
