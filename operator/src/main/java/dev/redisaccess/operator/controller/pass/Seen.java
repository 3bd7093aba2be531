package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.LatencyMillis;
import dev.redisaccess.operator.api.VerificationStatus;
import dev.redisaccess.operator.binding.port.ConnectionCheck;
import java.time.Duration;

/**
 * What a login that succeeded saw.
 *
 * @param login the login
 * @param token how long it took to get the token for it
 */
public record Seen(ConnectionCheck.Login login, Duration token) {

    /** As status shows it. */
    VerificationStatus toStatus() {
        var latency = new LatencyMillis(
                token.toMillis(),
                login.connect().toMillis(),
                login.authenticate().toMillis(),
                login.command().toMillis());
        return new VerificationStatus(
                login.user(), login.redisVersion().isEmpty() ? null : login.redisVersion(), latency);
    }
}
