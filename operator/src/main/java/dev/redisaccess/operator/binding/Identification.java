package dev.redisaccess.operator.binding;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The result of asking Entra which principal a workload is.
 *
 * @param source what was asked for
 * @param principal the last answer that was good, if there was one
 * @param exchanged whether this process exchanged a token for that principal; false: it was read back from status after
 *     a restart, or there is none. Only an exchanged principal is granted access
 * @param failures in a row
 * @param repeats of these, how many of the last one's reason in a row: only those make the delay grow
 * @param problem of the last attempt, if it failed
 * @param madeAt when that was
 * @param spread the share of the period, or of the delay after a failure, after which to ask again: from 0.9 to 1.1, after
 *     a restart from 0 to 1
 */
public record Identification(
        Source source,
        Optional<Principal> principal,
        boolean exchanged,
        int failures,
        int repeats,
        Optional<Problem> problem,
        Instant madeAt,
        double spread) {

    /** Entra refuses healthy federations now and then: a principal once proved is lost only at a second refusal. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(3);

    /** So many refusals in a row are none of those that healthy federations have. */
    private static final int LASTING = 4;

    private static final Backoff RETRY = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

    /**
     * What is asked for.
     *
     * @param serviceAccount whose token
     * @param serviceAccountUid of the very object: one that is created again is asked for again; empty text if not known
     * @param clientId of which identity
     */
    public record Source(ServiceAccountKey serviceAccount, String serviceAccountUid, ClientId clientId) {}

    /** A token was exchanged, and it is of this principal. */
    public static Identification succeeded(Source source, Principal principal, Instant now, RandomGenerator random) {
        return good(source, principal, true, now, Backoff.spread(random));
    }

    /** The principal in the status at the start of this process: enough to leave a Ready binding Ready, not to grant. */
    public static Identification restored(Source source, Principal principal, Instant now, RandomGenerator random) {
        return good(source, principal, false, now, random.nextDouble());
    }

    private static Identification good(
            Source source, Principal principal, boolean exchanged, Instant now, double spread) {
        return new Identification(source, Optional.of(principal), exchanged, 0, 0, Optional.empty(), now, spread);
    }

    /** No token was issued, or it is not of what was asked for. */
    public static Identification failed(
            Optional<Identification> before, Source source, Problem problem, Instant now, RandomGenerator random) {
        Optional<Identification> same = before.filter(known -> known.source().equals(source));
        int failures = same.map(Identification::failures).orElse(0) + 1;
        int repeats = Backoff.repeats(
                same.flatMap(Identification::problem),
                same.map(Identification::repeats).orElse(0),
                problem);
        Optional<Principal> kept = same.flatMap(Identification::principal).filter(known -> failures == 1);
        boolean exchanged = kept.isPresent() && same.get().exchanged();
        return new Identification(
                source,
                kept,
                exchanged,
                failures,
                repeats,
                Optional.of(problem),
                now,
                kept.isPresent() ? 1 : Backoff.spread(random));
    }

    /**
     * When to ask again, by what the binding says now; {@link Instant#MAX}: not of itself. Each verification asks anyway;
     * without verification, Entra is asked once a period.
     */
    public Instant due(BindingRequest.VerificationSettings verification) {
        if (problem.isPresent()) {
            Duration wait = principal.isPresent() ? SECOND_LOOK : Backoff.times(RETRY.after(repeats), spread);
            Duration asked = problem.get().retryAfter().orElse(Duration.ZERO);
            return madeAt.plus(wait.compareTo(asked) > 0 ? wait : asked);
        }
        return verification.enabled() ? Instant.MAX : madeAt.plus(Backoff.times(verification.period(), spread));
    }

    /** Whether Entra is to be asked: it is due, or something else is asked for, or the clock was set back since. */
    public boolean dueFor(Source current, BindingRequest.VerificationSettings verification, Instant now) {
        return !source.equals(current) || !now.isBefore(due(verification)) || now.isBefore(madeAt);
    }

    /** Whether the workload can't log in as the identity with the present configuration: refused several times in a row. */
    public boolean refused() {
        return failures >= LASTING && problem.filter(Problem::contradictsKnown).isPresent();
    }

    /** Whether an exchange that confirms the principal can start before it is due: none was tried in this process. */
    public boolean unconfirmed() {
        return !exchanged && failures == 0;
    }
}
