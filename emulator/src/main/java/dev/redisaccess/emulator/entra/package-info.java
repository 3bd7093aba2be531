/**
 * Entra ID: signing keys, the token endpoint with federated client assertions that are really verified, discovery
 * documents, and the errors with their AADSTS numbers. Tokens that this package issues are the only ones that the ARM
 * and Redis parts accept.
 */
package dev.redisaccess.emulator.entra;
