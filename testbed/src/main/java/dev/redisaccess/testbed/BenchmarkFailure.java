package dev.redisaccess.benchmark.stage;

/** A run that could not be measured: something that it takes did not come about. */
public final class BenchmarkFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BenchmarkFailure(String message) {
        super(message);
    }
}
