package dev.redisaccess.operator.binding;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The shape that client, object and tenant ids share: a GUID, kept in lower case so that equal ids are equal. */
final class Guid {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Guid() {}

    static String require(String value) {
        return parse(value).orElseThrow(() -> new IllegalArgumentException("not a GUID"));
    }

    static Optional<String> parse(String value) {
        String lower = value.trim().toLowerCase(Locale.ROOT);
        return SHAPE.matcher(lower).matches() ? Optional.of(lower) : Optional.empty();
    }
}
