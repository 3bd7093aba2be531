package dev.redisaccess.quickstart;

import java.time.Duration;

/**
 * The lifetime of the emulator's tokens for Redis. Azure's live for a day, too long to demonstrate a renewal.
 * The tokens for ARM keep their length: azure-core requests one at most every 30 s, and a shorter life would make the
 * operator wait.
 */
final class SampleTokens {
    static final Duration LIFETIME = Duration.ofSeconds(10);

    private SampleTokens() {}
}
