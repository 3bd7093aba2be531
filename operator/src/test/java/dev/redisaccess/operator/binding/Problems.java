package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

/** The problems of results that must have failed. */
public final class Problems {

    private Problems() {}

    /** Fails if there is a value. */
    public static Problem of(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        return result.toProblem().orElseThrow();
    }
}
