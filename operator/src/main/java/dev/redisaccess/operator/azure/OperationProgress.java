package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.util.Optional;

/** What a step of an operation leads to. */
sealed interface OperationProgress {

    /**
     * ARM works on it: another step after that time.
     *
     * @param unanswered why it is not known how far it is, once that has lasted
     */
    record Again(Duration delay, Optional<Problem> unanswered) implements OperationProgress {}

    /** It is as it should be. */
    record Done() implements OperationProgress {}

    /** Not now: ARM throttles, or something else works on the database. The lane waits with everything. */
    record Held(Problem problem) implements OperationProgress {}

    /** The attempt failed. The lane goes on with other operations and comes back to this one. */
    record Failed(Problem problem) implements OperationProgress {}
}
