package dev.redisaccess.emulator.redis;

import java.util.UUID;

/**
 * A user and password inside a backing server; never visible outside of the emulator.
 *
 * @param user the ACL user
 * @param password random; not shown by {@link #toString()}
 */
record Credentials(String user, String password) {

    /** With a password of 122 random bits, from the JDK's strong generator. */
    static Credentials random(String user) {
        return new Credentials(user, UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
