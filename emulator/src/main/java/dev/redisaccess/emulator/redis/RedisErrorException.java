package dev.redisaccess.emulator.redis;

import java.io.IOException;

/** An error reply of a backing server to a command of the emulator itself. */
final class RedisErrorException extends IOException {
    private static final long serialVersionUID = 1L;

    RedisErrorException(String message) {
        super(message);
    }
}
