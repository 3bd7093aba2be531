package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextPassTest {

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
        NextPass found = foundSeconds == null ? NextPass.NEVER : new NextPass(NOW.plusSeconds(foundSeconds));

        assertThat(NextPass.deletion(reason, found, NOW)).isEqualTo(new NextPass(NOW.plusSeconds(seconds)));
    }

    @Test
    void theEarlierOneCounts() {
        var early = new NextPass(NOW.plusSeconds(1));
        var late = new NextPass(NOW.plusSeconds(2));

        assertThat(early.or(late)).isEqualTo(early);
        assertThat(late.or(early)).isEqualTo(early);
        assertThat(late.or(NextPass.NEVER)).isEqualTo(late);
    }

    @Test
    void whatIsOverdueIsDueInAMoment() {
        assertThat(NextPass.NEVER.delay(NOW)).isEmpty();
        assertThat(new NextPass(NOW.minusSeconds(9)).delay(NOW)).contains(Duration.ofMillis(50));
        assertThat(new NextPass(NOW.plusSeconds(9)).delay(NOW)).contains(Duration.ofSeconds(9));
    }
}
