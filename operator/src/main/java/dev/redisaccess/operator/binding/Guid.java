package dev.redisaccess.operator.binding;

import java.util.Locale;
import java.util.Optional;

/** The shape that client, object and tenant ids share: a GUID, kept in lower case so that equal ids are equal. */
final class Guid {

    private static final int LENGTH = 36;

    private Guid() {}

    static String require(String value) {
        return parse(value).orElseThrow(() -> new IllegalArgumentException("not a GUID"));
    }

    static Optional<String> parse(String value) {
        String lower = value.trim().toLowerCase(Locale.ROOT);
        return isGuid(lower) ? Optional.of(lower) : Optional.empty();
    }

    /** By hand: news of one assignment looks at the ids of all bindings of its database, and a pattern is slow at that. */
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
