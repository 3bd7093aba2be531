package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * What is wrong, for users. A value, not an exception, where a failure is expected.
 *
 * @param reason the situation
 * @param message what is wrong and then what to do, in sentences: one line of at most {@value #MAX_MESSAGE} characters without
 *     control and format characters ({@link SafeQuote}); without tokens, and without what changes with every attempt (a trace
 *     ID), so that status does not change with it
 * @param retryAfter the delay that the other side requested, if it did
 * @param reference the IDs of the request in the other side's logs, if it sent them; they change with every attempt, and are
 *     not part of the message for that
 */
public record Problem(
        Reason reason, String message, Optional<Duration> retryAfter, Optional<RequestReference> reference) {

    /** Far below the API server's limit of 32768: a message is a sentence, not a log. */
    public static final int MAX_MESSAGE = 1024;

    public Problem {
        // Here, and not only where foreign text is put into a message, so that it holds for every adapter.
        message = SafeQuote.quote(message, MAX_MESSAGE);
    }

    public static Problem of(Reason reason, String message) {
        return new Problem(reason, message, Optional.empty(), Optional.empty());
    }

    /** This problem with the delay that the other side requested. */
    public Problem retryAfter(Duration wait) {
        return new Problem(reason, message, Optional.of(wait), reference);
    }

    /** This problem with the IDs of the request. */
    public Problem reference(RequestReference request) {
        return new Problem(reason, message, retryAfter, Optional.of(request));
    }

    /** The delay before the next attempt: at least what the other side requested. */
    public Duration delay(Duration own) {
        return retryAfter.filter(asked -> asked.compareTo(own) > 0).orElse(own);
    }

    /** An exception that is a defect. Without its text, which may have a secret. */
    public static Problem unexpected(String activity, Throwable exception) {
        String message = "An unexpected `" + exception.getClass().getSimpleName() + "` occurred while " + activity
                + ". The operator retries automatically; its log has the details.";
        return of(Reason.INTERNAL_ERROR, message);
    }

    /** Whether what was known before of the database or the identity is no longer valid. */
    public boolean contradictsKnown() {
        return reason.kind() == Reason.Kind.CONTRADICTED;
    }

    /** The message, and after it the reference, if there is one. */
    public String text() {
        return message + reference.map(RequestReference::suffix).orElse("");
    }
}
