package dev.redisaccess.quickstart;

import java.time.Duration;

/** How long the emulator's tokens live. Azure's live for hours; a person should not wait that long for a renewal. */
final class SampleTokens {
    /**
     * Longer than 30 s: azure-core's token cache asks for a token at most that often and, if its token ended meanwhile, makes
     * the caller wait, which would delay the operator's calls to ARM.
     */
    static final Duration LIFETIME = Duration.ofSeconds(32);

    private SampleTokens() {}
}
