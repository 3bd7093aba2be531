/**
 * What every HTTP call to Azure and Entra has in common: a limit for the answer's body, one deadline for the whole exchange, a
 * limit for what a server may ask to wait, and the proxy. Needs nothing but the JDK.
 */
package dev.redisaccess.operator.http;
