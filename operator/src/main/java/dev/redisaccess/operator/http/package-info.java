/**
 * The limits of every HTTP call to Azure and Entra: of the body of an answer, of the duration of the exchange, and of
 * {@code Retry-After}; the proxy of the network; and the token proxy of an AKS cluster. How many bytes and seconds is said by the
 * callers, in packages {@code azure} and {@code entra}. Depends on the JDK only.
 */
package dev.redisaccess.operator.http;
