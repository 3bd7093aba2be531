/**
 * The workload's identity: a token of its ServiceAccount, asked of Kubernetes, exchanged with Entra for a token for Redis.
 * The exchange is one form POST, without a library that would cache tokens or start threads. What Entra answers when it
 * refuses is a table from AADSTS codes to reasons.
 */
package dev.redisaccess.operator.entra;
