package dev.redisaccess.operator.binding;

import java.util.Optional;

/**
 * What one step of a pass came to: an finding to report, and a value for the next step if it can go on.
 *
 * @param finding the condition
 * @param value what the next step needs; empty: the pass ends here
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
