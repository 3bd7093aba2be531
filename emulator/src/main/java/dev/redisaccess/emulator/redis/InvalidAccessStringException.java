package dev.redisaccess.emulator.redis;

/** An access string that Redis refuses; Azure reports it as {@code InvalidAccessString}. */
public final class InvalidAccessStringException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidAccessStringException(String message) {
        super(message);
    }
}
