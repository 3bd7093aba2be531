package dev.redisaccess.emulator.config;

/** The configuration cannot be used. The message names the field and says what it must be. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
