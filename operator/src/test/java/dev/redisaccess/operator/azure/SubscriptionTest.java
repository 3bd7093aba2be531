package dev.redisaccess.operator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private final FakeClock clock = new FakeClock();
    private final List<Duration> pauses = new ArrayList<>();
    private final Subscription subscription = new Subscription(clock, pauses::add);

    @Test
    void countsTheTimeThatSeveralPausesCoverOnce() {
        subscription.pause(Duration.ofSeconds(10));
        clock.advanceTo(clock.instant().plusSeconds(4));
        subscription.pause(Duration.ofSeconds(2)); // covered
        subscription.pause(Duration.ofSeconds(9)); // three seconds more
        clock.advanceTo(clock.instant().plusSeconds(60));
        subscription.pause(Duration.ofSeconds(1));

        assertThat(pauses).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(1));
    }
}
