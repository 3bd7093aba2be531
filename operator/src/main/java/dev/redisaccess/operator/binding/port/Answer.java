package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.binding.Problem;

/**
 * What an outside system answered: a value, or a problem that was expected to be possible.
 *
 * @param <T> the value's type
 */
public sealed interface Answer<T> {

    /** It worked. */
    record Ok<T>(T value) implements Answer<T> {}

    /** It did not, and why. */
    record Failed<T>(Problem problem) implements Answer<T> {}

    static <T> Answer<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Answer<T> failed(Problem problem) {
        return new Failed<>(problem);
    }
}
