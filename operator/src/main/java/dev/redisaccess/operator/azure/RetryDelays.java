package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Backoff;
import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Delays before an attempt is repeated. Random numbers from 0 to 1 keep databases from repeating at the same time. */
final class RetryDelays {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Backoff FAILED = new Backoff(FIRST, LONGEST);
    private static final Backoff FRUITLESS = new Backoff(Duration.ofSeconds(1), LONGEST);
    private static final Duration THROTTLED = Duration.ofSeconds(10);

    private final DoubleSupplier random;

    RetryDelays(DoubleSupplier random) {
        this.random = random;
    }

    /** A duration, 10 % shorter to 10 % longer. */
    Duration jittered(Duration period) {
        return scaled(period, 0.9, 1.1);
    }

    /** Before a failed operation is repeated. */
    Duration afterFailure(Problem problem, int attempts) {
        Duration own = problem.reason() == Reason.ASSIGNMENT_FAILED
                // A concurrent writer is the usual cause: by then its change has ended.
                ? scaled(Duration.ofSeconds(30), 1, 2)
                : FAILED.after(attempts);
        return problem.delay(own);
    }

    /** Before an operation is repeated that changed nothing. */
    Duration afterFruitless(int times) {
        return jittered(FRUITLESS.after(times));
    }

    /** Before a failed reading is repeated. */
    Duration afterFailedReading(Problem problem, int attempts, Duration period) {
        return problem.delay(jittered(new Backoff(FIRST, period).after(attempts)));
    }

    /** While another change of the database is in progress. */
    Duration whileBusy(Problem problem) {
        return problem.delay(scaled(Duration.ofSeconds(3), 1, 1.7));
    }

    /** While Azure throttles. */
    Duration whileThrottled(Problem problem) {
        return problem.retryAfter().orElse(THROTTLED);
    }

    private Duration scaled(Duration base, double low, double high) {
        return Duration.ofMillis(Math.round(base.toMillis() * (low + (high - low) * random.getAsDouble())));
    }
}
