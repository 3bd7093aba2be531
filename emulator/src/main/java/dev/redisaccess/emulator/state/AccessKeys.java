package dev.redisaccess.emulator.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The two access keys of a database: 256 random bits each, in Base64 as on Azure. Never shown by {@link #toString}. */
public final class AccessKeys {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private final String primary;
    private final String secondary;

    private AccessKeys(String primary, String secondary) {
        this.primary = primary;
        this.secondary = secondary;
    }

    static AccessKeys random() {
        return new AccessKeys(key(), key());
    }

    AccessKeys withNewPrimary() {
        return new AccessKeys(key(), secondary);
    }

    AccessKeys withNewSecondary() {
        return new AccessKeys(primary, key());
    }

    public String primary() {
        return primary;
    }

    public String secondary() {
        return secondary;
    }

    /** Whether a text is one of the keys; compared in constant time. */
    public boolean contain(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(primary.getBytes(StandardCharsets.UTF_8), bytes)
                | MessageDigest.isEqual(secondary.getBytes(StandardCharsets.UTF_8), bytes);
    }

    private static String key() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
