package dev.redisaccess.operator.binding;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The outcome of something that is attempted again and again: when the last attempt ended, and how many failed in a row.
 *
 * @param endedAt when the last attempt ended
 * @param problem of the last attempt; empty if it succeeded
 * @param failures in a row
 * @param repeats how many of these failures had the last one's reason, in a row: only these make a delay grow
 * @param spread the factor of the next delay: from 0.9 to 1.1, after a restart from 0 to 1
 */
public record Attempts(Instant endedAt, Optional<Problem> problem, int failures, int repeats, double spread) {

    static Attempts succeeded(Instant now, double spread) {
        return new Attempts(now, Optional.empty(), 0, 0, spread);
    }

    /** @param before the attempts at the same before this one, if there were any */
    static Attempts failed(Optional<Attempts> before, Problem problem, Instant now, double spread) {
        return new Attempts(
                now,
                Optional.of(problem),
                before.map(Attempts::failures).orElse(0) + 1,
                Backoff.repeats(
                        before.flatMap(Attempts::problem),
                        before.map(Attempts::repeats).orElse(0),
                        problem),
                spread);
    }

    /** A delay, 10 % shorter to 10 % longer, so that what failed together is not attempted again together. */
    Duration spread(Duration delay) {
        return Backoff.times(delay, spread);
    }

    /** When a delay after the last attempt ends; not before the other side's {@code Retry-After}. */
    Instant after(Duration delay) {
        return endedAt.plus(problem.flatMap(Problem::retryAfter)
                .filter(asked -> asked.compareTo(delay) > 0)
                .orElse(delay));
    }

    /** Whether the next attempt is due. Also if the clock was set back since the last one. */
    boolean over(Instant due, Instant now) {
        return !now.isBefore(due) || now.isBefore(endedAt);
    }
}
