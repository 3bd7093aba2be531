package dev.redisaccess.operator.binding;

import java.util.Optional;
import java.util.function.Function;

/**
 * A value, or the problem that explains why there is none. Failures that can be expected are values, not exceptions.
 *
 * @param <T> the value's type
 */
public sealed interface Result<T> {

    /** The value. */
    record Ok<T>(T value) implements Result<T> {}

    /** Why there is no value. */
    record Failed<T>(Problem problem) implements Result<T> {}

    static <T> Result<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Result<T> failed(Problem problem) {
        return new Failed<>(problem);
    }

    /** The result of one of two functions. */
    default <R> R fold(Function<T, R> onValue, Function<Problem, R> onProblem) {
        return this instanceof Ok<T> ok ? onValue.apply(ok.value()) : onProblem.apply(((Failed<T>) this).problem());
    }

    /** The function's result for the value. */
    default <R> Result<R> map(Function<T, R> function) {
        return flatMap(value -> ok(function.apply(value)));
    }

    /** The function's result for the value. */
    default <R> Result<R> flatMap(Function<T, Result<R>> function) {
        return fold(function, Result::failed);
    }

    /** The value; empty if it failed. */
    default Optional<T> toOptional() {
        return fold(Optional::of, problem -> Optional.empty());
    }

    /** The problem; empty if there is a value. */
    default Optional<Problem> toProblem() {
        return fold(value -> Optional.empty(), Optional::of);
    }
}
