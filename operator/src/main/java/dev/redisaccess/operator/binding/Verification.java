package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The result of the checks of one binding. A value: each check makes the next one.
 *
 * @param target what was proved, or tried
 * @param holds whether access counts as proved: the last check succeeded, or it is the first failure after that
 * @param failures in a row
 * @param repeats of these, how many of the last one's reason in a row: only those make the delay grow
 * @param problem of the last check, if it failed
 * @param madeAt when the last check ended
 * @param spread the share of the period, or of the delay after a failure, after which to look again: from 0.9 to 1.1,
 *     after a restart from 0 to 1
 */
public record Verification(
        Target target,
        boolean holds,
        int failures,
        int repeats,
        Optional<Problem> problem,
        Instant madeAt,
        double spread) {

    /** A Ready binding goes unready only when a second check, this much later, fails too. */
    static final Duration SECOND_LOOK = Duration.ofSeconds(3);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    /** While the policy propagates, usually for a moment only, looking often costs little and ends the wait soon. */
    private static final Backoff PROPAGATION = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

    /**
     * What a verification is about: if any of it changes, the verification is of something else.
     *
     * @param endpoint where
     * @param principal as whom
     */
    public record Target(Endpoint endpoint, Principal principal) {}

    /** A check that succeeded. */
    public static Verification succeeded(Target target, Instant now, RandomGenerator random) {
        return new Verification(target, true, 0, 0, Optional.empty(), now, Backoff.spread(random));
    }

    /**
     * The login in the status at the start of this process: it counts until the check that is due at a random moment of
     * the next period, so that a restart among many bindings makes no wave.
     */
    public static Verification restored(Target target, Instant now, RandomGenerator random) {
        return new Verification(target, true, 0, 0, Optional.empty(), now, random.nextDouble());
    }

    /** A check that failed, after what was known before. */
    public static Verification failed(
            Optional<Verification> before, Target target, Problem problem, Instant now, RandomGenerator random) {
        Optional<Verification> same =
                before.filter(verification -> verification.target().equals(target));
        int failures = same.map(Verification::failures).orElse(0) + 1;
        int repeats = Backoff.repeats(
                same.flatMap(Verification::problem),
                same.map(Verification::repeats).orElse(0),
                problem);
        boolean holds = same.filter(Verification::holds).isPresent() && failures == 1;
        return new Verification(
                target, holds, failures, repeats, Optional.of(problem), now, holds ? 1 : Backoff.spread(random));
    }

    /**
     * When to look again.
     *
     * @param period from one check to the next, as the binding has it now: a change counts at once
     */
    public Instant due(Duration period) {
        if (problem.isEmpty()) {
            return madeAt.plus(Backoff.times(period, spread));
        }
        if (holds) {
            return madeAt.plus(SECOND_LOOK);
        }
        Backoff backoff =
                problem.get().reason().kind() == Reason.Kind.PASSING ? PROPAGATION : new Backoff(FIRST_RETRY, period);
        Duration wait = Backoff.times(backoff.after(repeats), spread);
        Duration asked = problem.get().retryAfter().orElse(Duration.ZERO);
        return madeAt.plus(wait.compareTo(asked) > 0 ? wait : asked);
    }

    /** Whether a check is due, or this verification is about something else, or the clock was set back since. */
    public boolean dueFor(Target current, Duration period, Instant now) {
        return !target.equals(current) || !now.isBefore(due(period)) || now.isBefore(madeAt);
    }
}
