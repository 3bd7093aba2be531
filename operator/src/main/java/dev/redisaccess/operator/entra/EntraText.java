package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.binding.SafeQuote;
import java.util.regex.Pattern;

/** Entra's own text, for a status: without tokens, and without IDs and times, which change with every attempt. */
final class EntraText {

    /** Enough for Entra's sentence and its hint. */
    private static final int MAX_LENGTH = 400;

    private static final Pattern PER_REQUEST = Pattern.compile(
            "(?i)\\b(trace|correlation|request)[ _-]?id:?\\s*[0-9a-f-]{8,}|\\btimestamp:?\\s*\\S+( \\d\\d:\\d\\d:\\S+)?");

    /** Such as "Current time: 2026-11-23T19:52:35.1234567Z" in AADSTS700024. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d[0-9.]*(Z|[+-]\\d\\d:?\\d\\d)?");

    private EntraText() {}

    /** @param assertion is removed from the description */
    static String clean(String description, String assertion) {
        String text = assertion.isEmpty() ? description : description.replace(assertion, "(token)");
        text = PER_REQUEST.matcher(text).replaceAll("");
        text = TIME.matcher(text).replaceAll("(time)");
        return SafeQuote.quote(text, MAX_LENGTH);
    }
}
