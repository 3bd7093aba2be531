package dev.redisaccess.emulator.entra;

import java.time.Instant;

/**
 * What a token of this emulator says, after its signature was verified. Whether it is for the right resource and still
 * valid is for the reader to judge.
 */
public record AccessToken(
        String audience, String tenantId, String objectId, String clientId, Instant notBefore, Instant expires) {}
