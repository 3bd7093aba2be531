package dev.redisaccess.testbed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waiting with an end.
 *
 * @param limit the longest wait
 * @param between from one look to the next
 */
public record Waiting(Duration limit, Duration between) {

    public static Waiting of(Duration limit, Duration between) {
        return new Waiting(limit, between);
    }

    /** @throws TestbedFailure if it does not come about within the limit */
    public void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new TestbedFailure("The wait of " + limit.toSeconds() + " s for " + what + " has ended.");
            }
            pause(between);
        }
    }

    /** Lets time pass, which is what some scenarios are about. */
    public static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedFailure("Interrupted.");
        }
    }
}
