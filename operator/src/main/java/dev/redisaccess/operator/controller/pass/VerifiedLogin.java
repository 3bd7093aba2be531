package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.LatencyMillis;
import dev.redisaccess.operator.api.VerificationStatus;
import dev.redisaccess.operator.binding.port.Verifier;
import java.time.Duration;

/**
 * What a login that succeeded saw.
 *
 * @param login the login
 * @param token how long it took to get the token for it
 */
public record VerifiedLogin(Verifier.Login login, Duration token) {

    private static final int MAX_VERSION = 64;

    /** As status shows it. */
    VerificationStatus toStatus() {
        var latency = new LatencyMillis(
                token.toMillis(),
                login.connect().toMillis(),
                login.authenticate().toMillis(),
                login.command().toMillis());
        return new VerificationStatus(login.user(), version(), latency);
    }

    /** Null if the server did not say; cut to what the CRD takes, because the server could say anything. */
    private String version() {
        String told = login.redisVersion();
        return told.isEmpty() ? null : told.substring(0, Math.min(told.length(), MAX_VERSION));
    }
}
