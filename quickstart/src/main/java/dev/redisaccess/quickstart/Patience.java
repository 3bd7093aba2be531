package dev.redisaccess.quickstart;

import dev.redisaccess.launcher.ChildProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A wait with a limit for a result, while the required programs are running.
 *
 * @param step for the message of a timeout
 * @param limit the longest wait
 * @param programs that must be running
 */
record Patience(String step, Duration limit, List<ChildProcess> programs) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int TAIL = 15;

    /**
     * Polls until there is a result.
     *
     * @throws StepFailure if there is no result within the limit, or a program ends
     */
    <T> T until(String expected, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            requireAlive(expected);
            if (System.nanoTime() - end > 0) {
                throw failure("expected " + expected + " within " + limit.toSeconds() + " s");
            }
            pause();
        }
    }

    private void requireAlive(String expected) {
        programs.stream().filter(program -> !program.isAlive()).findFirst().ifPresent(ended -> {
            throw new StepFailure(
                    step, "expected " + expected + ", but " + ended.name() + " has ended", ended.tail(TAIL));
        });
    }

    StepFailure failure(String message) {
        return programs.isEmpty()
                ? new StepFailure(step, message)
                : new StepFailure(step, message, programs.get(0).tail(TAIL));
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailure(step, "interrupted");
        }
    }
}
