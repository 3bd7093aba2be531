package dev.redisaccess.operator.binding;

import java.util.Optional;

/**
 * What one step of a pass came to: an outcome to report, and a value for the next step if it can go on.
 *
 * @param outcome the condition
 * @param value what the next step needs; empty: the pass ends here
 * @param <T> the value's type
 */
public record Step<T>(Outcome outcome, Optional<T> value) {

    public static <T> Step<T> done(Outcome outcome, T value) {
        return new Step<>(outcome, Optional.of(value));
    }

    public static <T> Step<T> halted(Outcome outcome) {
        return new Step<>(outcome, Optional.empty());
    }

    public static <T> Step<T> halted(Problem problem) {
        return halted(Outcome.of(problem));
    }
}
