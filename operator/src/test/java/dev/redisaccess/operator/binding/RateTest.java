package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Rate RATE = new Rate(Duration.ofSeconds(10), 3);

    @Test
    void letsABurstThroughAndThenOneAnInterval() {
        Instant paid = Instant.MIN;
        for (int i = 0; i < 3; i++) {
            assertThat(RATE.next(paid, NOW)).isBeforeOrEqualTo(NOW);
            paid = RATE.taken(paid, NOW);
        }
        assertThat(RATE.next(paid, NOW)).isEqualTo(NOW.plusSeconds(10));
        assertThat(RATE.next(paid, NOW.plusSeconds(4))).isEqualTo(NOW.plusSeconds(10));
        paid = RATE.taken(paid, NOW.plusSeconds(10));
        assertThat(RATE.next(paid, NOW.plusSeconds(10))).isEqualTo(NOW.plusSeconds(20));
    }

    @Test
    void letsABurstThroughAgainAfterARest() {
        Instant paid = RATE.taken(RATE.taken(RATE.taken(Instant.MIN, NOW), NOW), NOW);
        Instant rested = NOW.plusSeconds(30);
        for (int i = 0; i < 3; i++) {
            assertThat(RATE.next(paid, rested)).isBeforeOrEqualTo(rested);
            paid = RATE.taken(paid, rested);
        }
        assertThat(RATE.next(paid, rested)).isAfter(rested);
    }

    @Test
    void isNotStoppedByAClockThatWasSetBack() {
        Instant paid = RATE.taken(Instant.MIN, NOW.plus(Duration.ofDays(1)));
        assertThat(RATE.next(paid, NOW)).isBeforeOrEqualTo(NOW.plusSeconds(10));
    }
}
