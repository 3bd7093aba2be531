package dev.redisaccess.emulator.redis;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A user and password inside a backing server; never known outside of the emulator.
 *
 * @param user the ACL user
 * @param password random; not shown by {@link #toString()}
 */
record Credentials(String user, String password) {
    private static final int PASSWORD_BYTES = 32;

    static Credentials random(String user) {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        return new Credentials(user, HexFormat.of().formatHex(secret));
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
