/**
 * The token and the verification together, against the emulated Entra and a Redis that judges the tokens that it
 * issues: the login accepts the token of the exchange.
 */
package dev.redisaccess.operator.verification;
