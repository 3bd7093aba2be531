/**
 * The token and the verification together, against the emulated Entra and a Redis that judges the tokens that it
 * issues: what the exchange gives is what the login takes.
 */
package dev.redisaccess.operator.verification;
