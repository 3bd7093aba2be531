package dev.redisaccess.operator.binding;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait after the nth failure: the first interval, longer each time, up to a limit.
 *
 * @param first after the first failure
 * @param limit never longer
 * @param growth how many times as long as the one before each interval is; at least 1
 */
public record Backoff(Duration first, Duration limit, double growth) {

    /** Doubled each time. */
    public Backoff(Duration first, Duration limit) {
        this(first, limit, 2);
    }

    /**
     * @param failures in a row, at least 1
     */
    public Duration after(int failures) {
        double millis = first.toMillis() * Math.pow(growth, Math.max(failures, 1) - 1.0);
        return millis < limit.toMillis() ? Duration.ofMillis(Math.round(millis)) : limit;
    }

    /**
     * How many failures of one reason in a row there are with the next one: only these make a delay grow, so that a long
     * delay for one cause is not applied to the first failure of another.
     *
     * @param before the last problem, if the last attempt failed
     * @param repeats of its reason in a row so far
     */
    public static int repeats(Optional<Problem> before, int repeats, Problem now) {
        return before.filter(problem -> problem.reason() == now.reason()).isPresent() ? repeats + 1 : 1;
    }
}
