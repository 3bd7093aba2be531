package dev.redisaccess.operator.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the header {@code Retry-After}: seconds, or a date of HTTP (RFC 9110, 10.2.3). */
public final class RetryAfter {

    /** The longest delay that a server can ask for: a wrong header must not stop requests for days. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    private RetryAfter() {}

    /**
     * The delay that a server asks for.
     *
     * @param header the value of the header
     * @param now from which a date counts
     * @return from zero to {@link #LONGEST}; empty if the header is neither a number of seconds nor a date
     */
    public static Optional<Duration> parse(String header, Instant now) {
        String text = header.strip();
        if (text.matches("[0-9]{1,100}")) {
            return Optional.of(text.length() > 9 ? LONGEST : capped(Duration.ofSeconds(Long.parseLong(text))));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(at.isAfter(now) ? capped(Duration.between(now, at)) : Duration.ZERO);
        } catch (DateTimeParseException | ArithmeticException neither) {
            return Optional.empty();
        }
    }

    private static Duration capped(Duration asked) {
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
