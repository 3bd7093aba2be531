package dev.redisaccess.operator.binding;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The IDs by which Azure support finds a request. They are at the end of a message, and are ignored where messages are
 * compared: they change with every attempt.
 *
 * @param correlationId of {@code x-ms-correlation-request-id}
 * @param requestId of {@code x-ms-request-id}; the same where Azure sends one only
 */
public record RequestReference(String correlationId, String requestId) {

    /** The form of Azure's IDs: nothing else is put into a message. */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z:._-]{7,79}");

    private static final Pattern SUFFIX =
            Pattern.compile(" \\[correlation id [0-9A-Za-z:._-]+, request id [0-9A-Za-z:._-]+]$");

    /** Of the two headers, either of which may be missing. */
    public static Optional<RequestReference> of(Optional<String> correlationId, Optional<String> requestId) {
        Optional<String> correlation = correlationId.filter(id -> ID.matcher(id).matches());
        Optional<String> request = requestId.filter(id -> ID.matcher(id).matches());
        return correlation.or(() -> request).map(id -> new RequestReference(id, request.orElse(id)));
    }

    String suffix() {
        return " [correlation id " + correlationId + ", request id " + requestId + "]";
    }

    /** A message without its reference. */
    public static String removedFrom(String message) {
        // A shortcut: few messages have one, and every pass compares all of its messages.
        return message.endsWith("]") ? SUFFIX.matcher(message).replaceFirst("") : message;
    }
}
