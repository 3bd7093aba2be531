/**
 * The certificate authority of one emulator. It is created at the first start and kept in the state directory, so that
 * clients that trust {@code ca.pem} still do after a restart. Server certificates are created at every start.
 */
package dev.redisaccess.emulator.tls;
