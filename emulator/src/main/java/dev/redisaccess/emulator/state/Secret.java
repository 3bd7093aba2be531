package dev.redisaccess.emulator.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Text that is never shown. */
public final class Secret {

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** Compares in constant time. */
    public boolean matches(String other) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
