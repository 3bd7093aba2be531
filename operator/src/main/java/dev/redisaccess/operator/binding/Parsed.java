package dev.redisaccess.operator.binding;

import java.util.function.Function;

/**
 * What became of input: a value, or the problem with it.
 *
 * @param <T> the value's type
 */
public sealed interface Parsed<T> {

    /** A value that is as it must be. */
    record Value<T>(T value) implements Parsed<T> {}

    /** What is wrong. */
    record Refused<T>(Problem problem) implements Parsed<T> {}

    static <T> Parsed<T> of(T value) {
        return new Value<>(value);
    }

    static <T> Parsed<T> refused(Problem problem) {
        return new Refused<>(problem);
    }

    /** The result of one of two functions. */
    default <R> R fold(Function<T, R> onValue, Function<Problem, R> onProblem) {
        if (this instanceof Value<T> value) {
            return onValue.apply(value.value());
        }
        return onProblem.apply(((Refused<T>) this).problem());
    }
}
