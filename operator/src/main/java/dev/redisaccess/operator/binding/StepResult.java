package dev.redisaccess.operator.binding;

import java.util.Optional;

/**
 * The result of one step of a pass: a finding to report, and a value for the next step.
 *
 * @param finding the condition
 * @param value what the next step needs; empty: the pass ends with this step
 * @param <T> the value's type
 */
public record StepResult<T>(Finding finding, Optional<T> value) {

    public static <T> StepResult<T> done(Finding finding, T value) {
        return new StepResult<>(finding, Optional.of(value));
    }

    public static <T> StepResult<T> halted(Finding finding) {
        return new StepResult<>(finding, Optional.empty());
    }

    public static <T> StepResult<T> halted(Problem problem) {
        return halted(Finding.of(problem));
    }
}
