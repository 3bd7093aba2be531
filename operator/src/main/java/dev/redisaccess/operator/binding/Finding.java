package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is known of one link of the chain.
 *
 * @param status whether it holds
 * @param reason the situation
 * @param message for a person: what was seen, and what to do; one line of at most {@value #MAX_MESSAGE} characters
 */
public record Finding(Status status, Reason reason, String message) {

    /** Whether a link holds. */
    public enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** As it stands in a condition. */
        public String text() {
            return text;
        }
    }

    /** We don't know, as opposed to knowing that it does not hold. */
    private static final Set<Reason> UNKNOWN_YET = EnumSet.of(
            Reason.NOT_ATTEMPTED,
            Reason.INTERNAL_ERROR,
            Reason.READING_DATABASE,
            Reason.RESOLVING_IDENTITY,
            Reason.VERIFYING,
            Reason.POLICY_PROPAGATING,
            Reason.GRANTING_ACCESS,
            Reason.REVOKING_ACCESS,
            Reason.VERIFICATION_DISABLED,
            Reason.ACCESS_KEYS_UNKNOWN,
            Reason.AZURE_THROTTLED,
            Reason.AZURE_UNAVAILABLE,
            Reason.ENTRA_THROTTLED,
            Reason.ENTRA_UNAVAILABLE);

    /** Room for a {@link Problem}'s message and its reference. */
    static final int MAX_MESSAGE = 2 * Problem.MAX_MESSAGE;

    public Finding {
        message = SafeQuote.quote(message, MAX_MESSAGE);
    }

    /** It holds. */
    public static Finding holds(Reason reason, String message) {
        return new Finding(Status.TRUE, reason, message);
    }

    /** It does not hold, or it is not known whether it does: the reason decides. */
    public static Finding of(Reason reason, String message) {
        return new Finding(UNKNOWN_YET.contains(reason) ? Status.UNKNOWN : Status.FALSE, reason, message);
    }

    /** The same, of a problem. */
    public static Finding of(Problem problem) {
        return of(problem.reason(), problem.text());
    }

    /** Whether the link holds. */
    public boolean holds() {
        return status == Status.TRUE;
    }
}
