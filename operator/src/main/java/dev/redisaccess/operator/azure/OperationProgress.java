package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.util.Optional;

/** The result of one step of an operation. */
sealed interface OperationProgress {

    /**
     * Azure is working on it: the next step is due after this delay.
     *
     * @param unanswered why its state is not known, once several polls have failed
     */
    record Again(Duration delay, Optional<Problem> unanswered) implements OperationProgress {}

    /** The wanted state is reached, or there is nothing to do. */
    record Done() implements OperationProgress {}

    /** Azure throttles, or works on another change of the database: the whole lane waits. */
    record Held(Problem problem) implements OperationProgress {}

    /** The attempt failed. The lane continues with other operations, and repeats this one later. */
    record Failed(Problem problem) implements OperationProgress {}
}
