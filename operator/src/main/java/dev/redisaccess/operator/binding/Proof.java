package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the checks of one binding have come to. A value: each check makes the next one.
 *
 * @param subject what was proved, or tried
 * @param holds whether access counts as proved: the last check succeeded, or it is the first failure after that
 * @param failures in a row
 * @param problem of the last check, if it failed
 * @param madeAt when the last check ended
 * @param due when to look again
 */
public record Proof(
        Subject subject, boolean holds, int failures, Optional<Problem> problem, Instant madeAt, Instant due) {

    /** A Ready binding goes unready only when a second check, this much later, fails too. */
    static final Duration SECOND_LOOK = Duration.ofSeconds(3);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    /** While the policy propagates, usually for a moment only, looking often costs little and ends the wait soon. */
    private static final Backoff PROPAGATION = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

    /**
     * What a proof is about: if any of it changes, the proof is of something else.
     *
     * @param endpoint where
     * @param principal as whom
     */
    public record Subject(Endpoint endpoint, Principal principal) {}

    /** A check that succeeded. */
    public static Proof succeeded(Subject subject, Instant now, Duration period, RandomGenerator random) {
        return new Proof(subject, true, 0, Optional.empty(), now, now.plus(Backoff.jittered(period, random)));
    }

    /**
     * What status said when this process started: it counts until the check that is due at a random moment of the next
     * period, so that a restart among many bindings makes no wave.
     */
    public static Proof remembered(Subject subject, Instant now, Duration period, RandomGenerator random) {
        return new Proof(subject, true, 0, Optional.empty(), now, now.plusMillis((long)
                (period.toMillis() * random.nextDouble())));
    }

    /** A check that failed, after what was known before. */
    public static Proof failed(
            Optional<Proof> before,
            Subject subject,
            Problem problem,
            Instant now,
            Duration period,
            RandomGenerator random) {
        Optional<Proof> same = before.filter(proof -> proof.subject().equals(subject));
        int failures = same.map(Proof::failures).orElse(0) + 1;
        if (same.filter(Proof::holds).isPresent() && failures == 1) {
            return new Proof(subject, true, failures, Optional.of(problem), now, now.plus(SECOND_LOOK));
        }
        Backoff backoff =
                problem.reason() == Reason.POLICY_PROPAGATING ? PROPAGATION : new Backoff(FIRST_RETRY, period);
        Duration wait = Backoff.jittered(backoff.after(failures), random);
        Duration asked = problem.retryAfter().orElse(Duration.ZERO);
        return new Proof(
                subject,
                false,
                failures,
                Optional.of(problem),
                now,
                now.plus(wait.compareTo(asked) > 0 ? wait : asked));
    }

    /** Whether a check is due, or this proof is about something else, or the clock was set back since. */
    public boolean dueFor(Subject current, Instant now) {
        return !subject.equals(current) || !now.isBefore(due) || now.isBefore(madeAt);
    }
}
