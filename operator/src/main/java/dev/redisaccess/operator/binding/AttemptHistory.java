package dev.redisaccess.operator.binding;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The outcome of something that is attempted again and again: when the last attempt ended, and how many failed in a row.
 *
 * @param endedAt when the last attempt ended
 * @param problem of the last attempt; empty if it succeeded
 * @param failures in a row
 * @param repeats how many of these failures had the last one's reason, in a row: only these make a delay grow
 * @param spread the factor of the next delay: from 0.9 to 1.1, after a restart from 0 to 1
 */
public record AttemptHistory(Instant endedAt, Optional<Problem> problem, int failures, int repeats, double spread) {

    /** The largest share by which a delay is longer or shorter. */
    private static final double JITTER = 0.1;

    static AttemptHistory succeeded(Instant now, RandomGenerator random) {
        return new AttemptHistory(now, Optional.empty(), 0, 0, jitter(random));
    }

    /** A success before this process started: the next attempt is due at a random moment of the delay. */
    static AttemptHistory restored(Instant now, RandomGenerator random) {
        return new AttemptHistory(now, Optional.empty(), 0, 0, random.nextDouble());
    }

    /** @param before the attempts at the same before this one, if there were any */
    static AttemptHistory failed(
            Optional<AttemptHistory> before, Problem problem, Instant now, RandomGenerator random) {
        return new AttemptHistory(
                now,
                Optional.of(problem),
                before.map(AttemptHistory::failures).orElse(0) + 1,
                Backoff.repeats(
                        before.flatMap(AttemptHistory::problem),
                        before.map(AttemptHistory::repeats).orElse(0),
                        problem),
                jitter(random));
    }

    /** A delay, 10 % shorter to 10 % longer, so that what failed together is not attempted again together. */
    Duration spread(Duration delay) {
        return Duration.ofMillis(Math.round(delay.toMillis() * spread));
    }

    /** When a delay after the last attempt ends; not before the other side's {@code Retry-After}. */
    Instant after(Duration delay) {
        return endedAt.plus(problem.map(last -> last.delay(delay)).orElse(delay));
    }

    /** Whether the next attempt is due. Also if the clock was set back since the last one. */
    boolean over(Instant due, Instant now) {
        return !now.isBefore(due) || now.isBefore(endedAt);
    }

    private static double jitter(RandomGenerator random) {
        return 1 - JITTER + 2 * JITTER * random.nextDouble();
    }
}
