package dev.redisaccess.operator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | PT10S",
                "0 | PT0S",
                "300 | PT5M",
                "301 | PT5M",
                "999999999 | PT5M",
                "99999999999999999999999999 | PT5M",
                "Mon, 23 Nov 2026 12:00:30 GMT | PT30S",
                "Mon, 23 Nov 2026 11:00:00 GMT | PT0S",
                "Fri, 31 Dec 9999 23:59:59 GMT | PT5M",
                "soon | ",
                "-5 | ",
                "1e9 | ",
                "'' | ",
            })
    void readsSecondsAndDatesUpToFiveMinutes(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Optional.ofNullable(wait));
    }
}
