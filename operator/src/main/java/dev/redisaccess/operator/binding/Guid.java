package dev.redisaccess.operator.binding;

import java.util.Locale;
import java.util.Optional;

/**
 * The form that client, object and tenant IDs share: a GUID, kept in lower case so that equal IDs are equal. Entra compares
 * them without case. Nothing else is normalised: what is around a GUID would reach Entra from the pod.
 */
final class Guid {

    private static final int LENGTH = 36;

    private Guid() {}

    static String require(String value) {
        return parse(value).orElseThrow(() -> new IllegalArgumentException("not a GUID"));
    }

    /** Empty unless the text is a GUID from its first to its last character. */
    static Optional<String> parse(String value) {
        if (isGuid(value)) {
            return Optional.of(value);
        }
        if (value.length() != LENGTH) {
            return Optional.empty();
        }
        String lower = value.toLowerCase(Locale.ROOT);
        return isGuid(lower) ? Optional.of(lower) : Optional.empty();
    }

    /** Why the text is not a GUID, as the end of a sentence about it; empty if it is one. */
    static Optional<String> flaw(String text) {
        if (parse(text).isPresent()) {
            return Optional.empty();
        }
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        String visible = visible(text);
        if (visible.isEmpty()) {
            return Optional.of("is blank");
        }
        if (parse(visible).isEmpty()) {
            return Optional.of(bare(visible).isPresent() ? "has brackets or quotes around the GUID" : "is not a GUID");
        }
        return Optional.of(surplus(text));
    }

    /** Of a text that is a GUID apart from invisible characters. */
    private static String surplus(String text) {
        int first = 0;
        while (invisible(text.charAt(first))) {
            first++;
        }
        if (first > 0) {
            return "has " + kind(text.substring(0, first)) + " at its beginning";
        }
        int last = text.length();
        while (invisible(text.charAt(last - 1))) {
            last--;
        }
        return last < text.length()
                ? "has " + kind(text.substring(last)) + " at its end"
                : "has an invisible character in it";
    }

    private static String kind(String invisible) {
        if (invisible.chars().anyMatch(c -> c == '\n' || c == '\r')) {
            return "a line break";
        }
        return invisible.isBlank() ? "a blank" : "an invisible character";
    }

    private static Optional<String> bare(String text) {
        return text.length() == LENGTH + 2 ? parse(text.substring(1, LENGTH + 1)) : Optional.empty();
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.chars().filter(c -> !invisible((char) c)).limit(LENGTH + 3L).forEach(c -> visible.append((char) c));
        return visible.toString();
    }

    /** Blanks of every script, control and format characters: zero-width ones, direction marks, a byte order mark. */
    private static boolean invisible(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    /** Without a pattern: a change of one assignment parses the IDs of all bindings of its database, and a pattern is slow at that. */
    private static boolean isGuid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            boolean digit = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (hyphen ? c != '-' : !digit) {
                return false;
            }
        }
        return true;
    }
}
