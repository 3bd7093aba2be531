package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextLookTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "REVOKING_ACCESS,,30",
        "REVOKING_ACCESS,600,600",
        "READING_DATABASE,,2",
        "READING_DATABASE,600,2",
        "RESOLVING_IDENTITY,1,1"
    })
    void aDeletionThatWaitsIsLookedAtAgain(Reason reason, Long foundSeconds, long seconds) {
        NextLook found = foundSeconds == null ? NextLook.NEVER : new NextLook(NOW.plusSeconds(foundSeconds));

        assertThat(NextLook.deletion(reason, found, NOW)).isEqualTo(new NextLook(NOW.plusSeconds(seconds)));
    }

    @Test
    void theEarlierOneCounts() {
        var early = new NextLook(NOW.plusSeconds(1));
        var late = new NextLook(NOW.plusSeconds(2));

        assertThat(early.or(late)).isEqualTo(early);
        assertThat(late.or(early)).isEqualTo(early);
        assertThat(late.or(NextLook.NEVER)).isEqualTo(late);
    }

    @Test
    void whatIsOverdueIsDueInAMoment() {
        assertThat(NextLook.NEVER.delay(NOW)).isEmpty();
        assertThat(new NextLook(NOW.minusSeconds(9)).delay(NOW)).contains(Duration.ofMillis(50));
        assertThat(new NextLook(NOW.plusSeconds(9)).delay(NOW)).contains(Duration.ofSeconds(9));
    }
}
