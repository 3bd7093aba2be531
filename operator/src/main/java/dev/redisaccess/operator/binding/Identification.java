package dev.redisaccess.operator.binding;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What asking Entra who a workload is has come to.
 *
 * @param subject who was asked for
 * @param principal the last answer that was good, if there was one
 * @param exchanged whether this process exchanged a token for that principal; false: it was read back from status after
 *     a restart, or there is none. Only an exchanged principal is granted access
 * @param failures in a row
 * @param problem of the last attempt, if it failed
 * @param madeAt when that was
 * @param due when to ask again; {@link Instant#MAX}: not of itself
 */
public record Identification(
        Subject subject,
        Optional<Principal> principal,
        boolean exchanged,
        int failures,
        Optional<Problem> problem,
        Instant madeAt,
        Instant due) {

    /** Entra refuses healthy federations now and then: a principal once proved is lost only at a second refusal. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(3);

    private static final Backoff RETRY = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

    /**
     * Who is asked for.
     *
     * @param serviceAccount whose token
     * @param serviceAccountUid of the very object: one that is made anew is asked for anew; empty text if not known
     * @param clientId of which identity
     */
    public record Subject(ServiceAccountKey serviceAccount, String serviceAccountUid, ClientId clientId) {}

    /** A token was exchanged, and it is of this principal. */
    public static Identification succeeded(Subject subject, Principal principal, Instant now, Instant due) {
        return new Identification(subject, Optional.of(principal), true, 0, Optional.empty(), now, due);
    }

    /** The principal in the status at the start of this process: enough to leave a Ready binding Ready, not to grant. */
    public static Identification remembered(Subject subject, Principal principal, Instant now, Instant due) {
        return new Identification(subject, Optional.of(principal), false, 0, Optional.empty(), now, due);
    }

    /** It did not. */
    public static Identification failed(
            Optional<Identification> before, Subject subject, Problem problem, Instant now, RandomGenerator random) {
        Optional<Identification> same = before.filter(known -> known.subject().equals(subject));
        int failures = same.map(Identification::failures).orElse(0) + 1;
        Optional<Principal> kept = same.flatMap(Identification::principal).filter(known -> failures == 1);
        boolean exchanged = kept.isPresent() && same.get().exchanged();
        Duration wait = kept.isPresent() ? SECOND_LOOK : Backoff.jittered(RETRY.after(failures), random);
        Duration asked = problem.retryAfter().orElse(Duration.ZERO);
        return new Identification(
                subject,
                kept,
                exchanged,
                failures,
                Optional.of(problem),
                now,
                now.plus(wait.compareTo(asked) > 0 ? wait : asked));
    }

    /** Whether Entra is to be asked: it is due, or somebody else is meant, or the clock was set back since. */
    public boolean dueFor(Subject current, Instant now) {
        return !subject.equals(current) || !now.isBefore(due) || now.isBefore(madeAt);
    }

    /** Whether an exchange that confirms the principal can start before it is due: none was tried in this process. */
    public boolean unconfirmed() {
        return !exchanged && failures == 0;
    }
}
