package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.acl.AccessString;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The result of the logins that verify a binding's access. A value: each login makes the next one.
 *
 * @param target what was verified
 * @param holds whether access counts as verified: the last login succeeded, or it is the first failure after that
 * @param attempts the logins
 */
public record Verification(Target target, boolean holds, AttemptHistory attempts) {

    /** A Ready binding loses Ready only when a second login, this much later, fails also. */
    static final Duration SECOND_ATTEMPT = Duration.ofSeconds(3);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    /**
     * While an assignment propagates, usually for a moment only: frequent attempts cost little and end the wait soon. Intervals
     * that double would wait for up to twice as long as the propagation takes.
     */
    private static final Backoff PROPAGATION = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30), 1.4);

    /**
     * What is verified. A verification of another target does not count.
     *
     * @param endpoint of the database
     * @param principal that logs in
     * @param rule of its access profile; empty: full access
     */
    public record Target(Endpoint endpoint, Principal principal, Optional<AccessString> rule) {

        /** Full access. */
        public Target(Endpoint endpoint, Principal principal) {
            this(endpoint, principal, Optional.empty());
        }
    }

    public static Verification succeeded(Target target, Instant now, RandomGenerator random) {
        return new Verification(target, true, AttemptHistory.succeeded(now, random));
    }

    /**
     * The login in status at the start of this process: it counts until the next one, which is due at a random moment of the
     * next period, so that a restart with many bindings does not verify all at once.
     */
    public static Verification restored(Target target, Instant now, RandomGenerator random) {
        return new Verification(target, true, AttemptHistory.restored(now, random));
    }

    /** @param before the last verification, of this or another target */
    public static Verification failed(
            Optional<Verification> before, Target target, Problem problem, Instant now, RandomGenerator random) {
        Optional<Verification> same = before.filter(known -> known.target().equals(target));
        AttemptHistory attempts = AttemptHistory.failed(same.map(Verification::attempts), problem, now, random);
        boolean holds = same.filter(Verification::holds).isPresent() && attempts.failures() == 1;
        return new Verification(target, holds, attempts);
    }

    /** The problem of the last login, if it failed. */
    public Optional<Problem> problem() {
        return attempts.problem();
    }

    /**
     * When the next login is due.
     *
     * @param period from one successful login to the next, as the binding has it now
     */
    public Instant due(Duration period) {
        if (problem().isEmpty()) {
            return attempts.after(attempts.spread(period));
        }
        if (holds) {
            return attempts.endedAt().plus(SECOND_ATTEMPT);
        }
        boolean passing = problem().get().reason().kind() == Reason.Kind.PASSING;
        Backoff backoff = passing ? PROPAGATION : new Backoff(FIRST_RETRY, period);
        return attempts.after(attempts.spread(backoff.after(attempts.repeats())));
    }

    /** Whether a login is due, or the target has changed. */
    public boolean dueFor(Target current, Duration period, Instant now) {
        return !target.equals(current) || attempts.over(due(period), now);
    }
}
