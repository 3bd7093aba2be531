package dev.redisaccess.operator.binding;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after the nth failure: the first interval, doubled each time, up to a limit.
 *
 * @param first after the first failure
 * @param limit never longer
 */
public record Backoff(Duration first, Duration limit) {

    /** A share by which every wait is longer or shorter, so that what failed together is not tried again together. */
    private static final double JITTER = 0.1;

    /**
     * @param failures in a row, at least 1
     */
    public Duration after(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 20);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(limit) < 0 ? wait : limit;
    }

    /** A duration, 10 % longer or shorter at random. */
    public static Duration jittered(Duration duration, RandomGenerator random) {
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
