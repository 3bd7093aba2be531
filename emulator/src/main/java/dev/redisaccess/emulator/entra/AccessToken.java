package dev.redisaccess.emulator.entra;

import java.time.Instant;

/**
 * The claims of a token of this emulator, after its signature was verified. The reader has to check that it is for the right
 * resource and still valid.
 */
public record AccessToken(
        String audience, String tenantId, String objectId, String clientId, Instant notBefore, Instant expires) {}
