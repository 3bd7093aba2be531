package dev.redisaccess.emulator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmulatorClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Hands real = new Hands();
    private final EmulatorClock clock = new EmulatorClock(real);

    @Test
    void runsWithRealTimeUntilFrozen() {
        real.now = START.plusSeconds(5);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(5));
        clock.freeze();
        real.now = START.plusSeconds(50);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(5));
        assertThat(clock.frozen()).isTrue();
    }

    @Test
    void staysFrozenWhenMovedAndResumesFromThere() {
        clock.freeze();
        clock.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3600));
        real.now = START.plusSeconds(10);
        clock.resume();
        real.now = START.plusSeconds(15);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3605));
    }

    @Test
    void canBeSetWhileItRuns() {
        clock.set(START.minusSeconds(100));
        real.now = START.plusSeconds(1);
        assertThat(clock.instant()).isEqualTo(START.minusSeconds(99));
    }

    @Test
    void notifiesListenersOfEveryChange() {
        List<Instant> seen = new ArrayList<>();
        clock.onChange(() -> seen.add(clock.instant()));
        clock.freeze();
        clock.advance(Duration.ofSeconds(1));
        assertThat(seen).containsExactly(START, START.plusSeconds(1));
    }

    private static final class Hands extends Clock {
        private Instant now = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
