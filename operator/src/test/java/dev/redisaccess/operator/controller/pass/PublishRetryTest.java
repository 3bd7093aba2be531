package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No event queues a binding when the obstacle to its ConfigMap is gone: so its next pass is scheduled. */
class PublishRetryTest {

    private final PassFixture fixture = new PassFixture();
    private final RedisAccessBinding binding = fixture.bind("orders-cache");

    @Test
    void looksAgainSoonAfterAPublicationThatFailed() {
        fixture.publishing = Result.failed(Problem.of(Reason.CONFIG_MAP_NOT_OWNED, "taken"));

        PassResult failed = fixture.makeReady(binding);

        assertThat(failed.findings().get(ConditionType.READY).reason()).isEqualTo(Reason.CONFIG_MAP_NOT_OWNED);
        assertThat(failed.nextPass().at()).isEqualTo(fixture.now.plusSeconds(10));

        fixture.publishing = Result.ok(true);
        fixture.now = fixture.now.plusSeconds(10);

        PassResult published = fixture.pass(binding);
        assertThat(published.findings().get(ConditionType.READY).holds()).isTrue();
        assertThat(published.nextPass().at()).isAfter(fixture.now.plusSeconds(600));
    }

    @Test
    void looksAgainLessOftenTheLongerItFails() {
        fixture.publishing = Result.failed(Problem.of(Reason.PUBLISH_FAILED, "503"));
        fixture.makeReady(binding);

        fixture.now = fixture.now.plusSeconds(70);

        assertThat(fixture.pass(binding).nextPass().at()).isEqualTo(fixture.now.plusSeconds(70));
    }

    @ParameterizedTest
    @CsvSource({"0,10", "9,10", "11,11", "300,300", "899,899", "901,900", "86400,900"})
    void waitsAsLongAgainButNotLongerThanThePeriod(long failing, long wait) {
        assertThat(NextPass.publication(fixture.now, Duration.ofSeconds(failing), Duration.ofSeconds(900)))
                .isEqualTo(new NextPass(fixture.now.plusSeconds(wait)));
    }
}
