/**
 * The certificate authority of one emulator. It is made at the first start and kept in the state directory, so that
 * clients that trust {@code ca.pem} still do after a restart. Server certificates are made anew at every start.
 */
package dev.redisaccess.emulator.tls;
