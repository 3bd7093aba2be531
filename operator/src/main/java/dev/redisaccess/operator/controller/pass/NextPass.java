package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the next pass over a binding is due if nothing wakes it before: the earliest of all due times that a pass has found.
 * They come from the methods of this class, the {@code due} of an identification or a verification, the rate of
 * identifications, the grace period of {@link NamespaceRevocation}, and {@link StatusWritePolicy}.
 *
 * @param at {@link Instant#MAX}: only when it is woken
 */
public record NextPass(Instant at) {

    static final NextPass NEVER = new NextPass(Instant.MAX);

    /** Another binding may begin or cease to need the access that is to be revoked, without a change in Azure. */
    private static final Duration REVOCATION_POLL = Duration.ofSeconds(30);

    /** For what ends within moments, but wakes only bindings whose identity is known. */
    private static final Duration PASSING_POLL = Duration.ofSeconds(2);

    /** An obstacle to a publication is often removed by hand, within moments; nothing wakes the binding for it. */
    private static final Duration FIRST_PUBLISH_RETRY = Duration.ofSeconds(10);

    /** A person waits for it who has just deleted or changed the other binding. */
    private static final Duration OVERRULED_POLL = Duration.ofSeconds(10);

    private static final Duration LEAST_DELAY = Duration.ofMillis(50);

    /** While the access of a former identity is being revoked. */
    static NextPass leavingIdentity(Instant now) {
        return new NextPass(now.plus(REVOCATION_POLL));
    }

    /** While a deletion waits; {@code found} is when the pass is due otherwise. */
    static NextPass deletion(Reason waiting, NextPass found, Instant now) {
        if (waiting.kind() == Reason.Kind.PASSING) {
            return found.or(new NextPass(now.plus(PASSING_POLL)));
        }
        return found.equals(NEVER) ? new NextPass(now.plus(REVOCATION_POLL)) : found;
    }

    /**
     * After a publication that failed: the wait is as long as it has failed already.
     *
     * @param failing for how long it has
     * @param limit the wait is never longer
     */
    static NextPass publication(Instant now, Duration failing, Duration limit) {
        Duration wait = failing.compareTo(limit) < 0 ? failing : limit;
        return new NextPass(now.plus(wait.compareTo(FIRST_PUBLISH_RETRY) < 0 ? FIRST_PUBLISH_RETRY : wait));
    }

    /** While an older binding of the same identity decides about its access. */
    static NextPass overruled(Instant now) {
        return new NextPass(now.plus(OVERRULED_POLL));
    }

    /** The earlier of the two. */
    NextPass or(NextPass other) {
        return at.isBefore(other.at) ? this : other;
    }

    /** The time until then, at least 50 ms; empty: no pass is due. */
    public Optional<Duration> delay(Instant now) {
        if (equals(NEVER)) {
            return Optional.empty();
        }
        Duration wait = Duration.between(now, at);
        return Optional.of(wait.compareTo(LEAST_DELAY) > 0 ? wait : LEAST_DELAY);
    }
}
