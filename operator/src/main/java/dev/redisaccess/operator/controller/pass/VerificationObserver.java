package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.util.Optional;

/** Told how checks went, for metrics. */
public interface VerificationObserver {

    /** Nobody listens. */
    VerificationObserver NONE = new VerificationObserver() {
        @Override
        public void tokenAsked(Duration took, Optional<Problem> problem) {}

        @Override
        public void loggedIn(Duration took, Optional<Problem> problem) {}
    };

    /** A token was asked for: TokenRequest and exchange together. */
    void tokenAsked(Duration took, Optional<Problem> problem);

    /** A login was tried. */
    void loggedIn(Duration took, Optional<Problem> problem);
}
