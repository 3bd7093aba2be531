/**
 * Identification of a workload: a token of its ServiceAccount, requested from Kubernetes, is exchanged for one for Redis, at Entra
 * or at the token proxy of an AKS cluster. The exchange is one form POST, without a library that would cache tokens or start
 * threads. A table maps Entra's AADSTS codes to reasons.
 */
package dev.redisaccess.operator.entra;
