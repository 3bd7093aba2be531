package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The result of the token exchanges that identify a workload.
 *
 * @param source what was exchanged
 * @param principal the last one that Entra identified; empty if none was, or if it was refused since
 * @param exchanged whether this process exchanged a token for that principal; false: it was read from status after a restart,
 *     or there is none. Access is granted only to an exchanged principal
 * @param federation the way on which the last successful exchange was made; empty if none was
 * @param attempts the exchanges of this source
 * @param refusals how many exchanges of the binding Entra refused since the last one that succeeded, of whatever sources: an
 *     identity that is changed after each refusal is refused nevertheless
 */
public record Identification(
        Source source,
        Optional<Principal> principal,
        boolean exchanged,
        Optional<Federation> federation,
        AttemptHistory attempts,
        int refusals) {

    /** Entra refuses valid federations now and then: an identified principal is lost only at a second refusal. */
    private static final Duration SECOND_ATTEMPT = Duration.ofSeconds(3);

    /** So many refusals without a success do not occur with valid federations. */
    private static final int LASTING = 4;

    private static final Backoff RETRY = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

    /**
     * What is exchanged.
     *
     * @param serviceAccount whose token
     * @param serviceAccountUid empty text if not known; a ServiceAccount that was created again is another one
     * @param clientId of the identity
     * @param federation the way that is to be taken
     */
    public record Source(
            ServiceAccountKey serviceAccount, String serviceAccountUid, ClientId clientId, Federation federation) {

        /** Whether the other one is the same workload with the same identity, on whichever way. */
        public boolean identifiesSame(Source other) {
            return serviceAccount.equals(other.serviceAccount)
                    && serviceAccountUid.equals(other.serviceAccountUid)
                    && clientId.equals(other.clientId);
        }
    }

    /** A token was exchanged, on that way. */
    public static Identification succeeded(
            Source source, Principal principal, Federation federation, Instant now, RandomGenerator random) {
        return new Identification(
                source,
                Optional.of(principal),
                true,
                Optional.of(federation),
                AttemptHistory.succeeded(now, random),
                0);
    }

    /** The principal in status at the start of this process. It keeps a Ready binding Ready, and is granted nothing. */
    public static Identification restored(
            Source source, Principal principal, Optional<Federation> federation, Instant now, RandomGenerator random) {
        return new Identification(
                source, Optional.of(principal), false, federation, AttemptHistory.restored(now, random), 0);
    }

    /** No token was issued, or it is for another identity. */
    public static Identification failed(
            Optional<Identification> before, Source source, Problem problem, Instant now, RandomGenerator random) {
        Optional<Identification> same = before.filter(known -> known.source().identifiesSame(source));
        AttemptHistory attempts = AttemptHistory.failed(same.map(Identification::attempts), problem, now, random);
        Optional<Identification> kept = same.filter(known -> attempts.failures() == 1);
        return new Identification(
                source,
                kept.flatMap(Identification::principal),
                kept.filter(Identification::exchanged).isPresent(),
                same.flatMap(Identification::federation),
                attempts,
                before.map(Identification::refusals).orElse(0) + (problem.contradictsKnown() ? 1 : 0));
    }

    /** The problem of the last exchange, if it failed. */
    public Optional<Problem> problem() {
        return attempts.problem();
    }

    /**
     * When the next exchange is due; {@link Instant#MAX}: none is. Each verification exchanges a token; without verification
     * one is exchanged each period.
     */
    public Instant due(BindingRequest.VerificationSettings verification) {
        if (problem().isPresent()) {
            return attempts.after(
                    principal.isPresent() ? SECOND_ATTEMPT : attempts.spread(RETRY.after(attempts.repeats())));
        }
        return verification.enabled() ? Instant.MAX : attempts.after(attempts.spread(verification.period()));
    }

    /** Whether a token is to be exchanged: that is due, or the source has changed. */
    public boolean dueFor(Source current, BindingRequest.VerificationSettings verification, Instant now) {
        return !source.equals(current) || attempts.over(due(verification), now);
    }

    /** Whether the workload can't have the identity with the present configuration: refused several times. */
    public boolean refused() {
        return refusals >= LASTING;
    }

    /** Whether no exchange is expected to succeed: the last ones failed for one reason, and one that lasts. */
    public boolean exhausted() {
        boolean lasting = problem()
                .filter(problem -> problem.reason().kind() != Reason.Kind.UNAVAILABLE)
                .isPresent();
        return refused() || lasting && attempts.repeats() >= LASTING;
    }

    /** Whether an exchange that confirms the principal can start before it is due: none was attempted in this process. */
    public boolean unconfirmed() {
        return !exchanged && attempts.failures() == 0;
    }
}
