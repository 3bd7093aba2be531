package dev.redisaccess.operator;

import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.controller.pass.VerificationObserver;
import dev.redisaccess.operator.telemetry.Metrics;
import java.time.Duration;
import java.util.Optional;

/** What the checks tell, as metrics. */
record MeteredVerifications(Metrics metrics) implements VerificationObserver {

    @Override
    public void tokenAsked(Duration took, Optional<Problem> problem) {
        metrics.tokenAsked(took, problem);
    }

    @Override
    public void loggedIn(Duration took, Optional<Problem> problem) {
        metrics.loggedIn(took, problem);
    }
}
