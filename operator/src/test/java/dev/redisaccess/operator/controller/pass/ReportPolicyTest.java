package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportPolicyTest {

    private static final BindingKey KEY = new BindingKey("shop", "cache");

    private final PassFixture fixture = new PassFixture();
    private final RedisAccessBinding binding = fixture.bind("cache");
    private final BindingMemory memory = fixture.memories.of(KEY);

    private Optional<Duration> postponed(Report report) {
        return ReportPolicy.postpone(binding.getStatus(), report, memory, fixture.now)
                .map(until -> Duration.between(fixture.now, until));
    }

    /** A pass whose report is not stored. */
    private Report look() {
        var status = binding.getStatus();
        Report report = fixture.pass(binding);
        binding.setStatus(status);
        return report;
    }

    @Test
    void whatIsUnderWayIsReportedWhenItTakesLong() {
        Report report = look();
        memory.taken();

        assertThat(postponed(report)).contains(ReportPolicy.SETTLE);

        fixture.now = fixture.now.plus(ReportPolicy.SETTLE);
        assertThat(postponed(report)).isEmpty();
    }

    @Test
    void anOperatorThatIsBusyDoesNotWriteThatItIs() {
        Report report = look();
        Instant began = fixture.now;
        assertThat(postponed(report)).contains(ReportPolicy.SETTLE);

        fixture.now = began.plus(ReportPolicy.SETTLE);
        assertThat(postponed(report)).as("ever less often").contains(ReportPolicy.SETTLE.multipliedBy(4));
        fixture.now = began.plus(ReportPolicy.SETTLE_QUEUED).minusMillis(1);
        assertThat(postponed(report)).isPresent();
        fixture.now = began.plus(ReportPolicy.SETTLE_QUEUED);
        assertThat(postponed(report)).isEmpty();
    }

    /** A check is queued at first in any case, if only for a moment: that must not hide for minutes what it does then. */
    @Test
    void whatAThreadHasTakenMeanwhileIsReportedAtTheNextLook() {
        Report report = look();
        Instant next = fixture.now.plus(postponed(report).orElseThrow());
        memory.taken();

        fixture.now = next;
        assertThat(postponed(report)).isEmpty();
    }

    @Test
    void whatIsNoLongerReadyIsReportedSoonHoweverBusyTheOperatorIs() {
        fixture.makeReady(binding);
        fixture.serviceAccount("orders", PassFixture.BILLING);
        Report report = look();

        assertThat(memory.queued()).isTrue();
        assertThat(postponed(report)).contains(ReportPolicy.SETTLE);
    }
}
