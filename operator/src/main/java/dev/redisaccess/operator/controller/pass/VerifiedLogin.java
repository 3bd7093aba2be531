package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.LatencyMillis;
import dev.redisaccess.operator.api.VerificationStatus;
import dev.redisaccess.operator.binding.port.Verifier;
import java.time.Duration;

/**
 * A login that succeeded.
 *
 * @param login the login
 * @param token how long it took to get the token for it
 */
public record VerifiedLogin(Verifier.Login login, Duration token) {

    private static final int MAX_VERSION = 64;

    /** For the status. */
    VerificationStatus toStatus() {
        var latency = new LatencyMillis(
                token.toMillis(),
                login.connect().toMillis(),
                login.authenticate().toMillis(),
                login.command().toMillis());
        return new VerificationStatus(login.user().isEmpty() ? null : login.user(), version(), latency);
    }

    /** Null if the server did not report one; cut to the limit of the CRD, because the server could report anything. */
    private String version() {
        String version = login.redisVersion();
        return version.isEmpty() ? null : version.substring(0, Math.min(version.length(), MAX_VERSION));
    }
}
