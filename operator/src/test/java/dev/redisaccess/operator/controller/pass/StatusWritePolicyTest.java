package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusWritePolicyTest {

    private static final BindingKey KEY = new BindingKey("shop", "cache");

    private final PassFixture fixture = new PassFixture();
    private final RedisAccessBinding binding = fixture.bind("cache");
    private final BindingMemory memory = fixture.memories.of(KEY);

    /** For how long a pass that runs now postpones the write; empty: it is due. The status is not stored. */
    private Optional<Duration> postponed() {
        var status = binding.getStatus();
        PassResult result = fixture.pass(binding);
        binding.setStatus(status);
        return result.write() ? Optional.empty() : result.nextPass().delay(fixture.now);
    }

    @Test
    void whatIsUnderWayIsReportedWhenItTakesLong() {
        assertThat(postponed()).contains(StatusWritePolicy.SETTLE);
        memory.startWork();

        fixture.now = fixture.now.plus(StatusWritePolicy.SETTLE);
        assertThat(postponed()).isEmpty();
    }

    @Test
    void anOperatorThatIsBusyDoesNotWriteThatItIs() {
        Instant began = fixture.now;
        assertThat(postponed()).contains(StatusWritePolicy.SETTLE);

        fixture.now = began.plus(StatusWritePolicy.SETTLE);
        assertThat(postponed()).as("ever less often").contains(StatusWritePolicy.SETTLE.multipliedBy(4));
        fixture.now = began.plus(StatusWritePolicy.SETTLE_QUEUED).minusMillis(100);
        assertThat(postponed()).contains(Duration.ofMillis(100));
        fixture.now = began.plus(StatusWritePolicy.SETTLE_QUEUED);
        assertThat(postponed()).isEmpty();
    }

    /** Work is queued at first in any case, if only for a moment: that must not postpone the report for minutes. */
    @Test
    void whatAThreadHasTakenMeanwhileIsReportedAtTheNextLook() {
        Duration next = postponed().orElseThrow();
        memory.startWork();

        fixture.now = fixture.now.plus(next);
        assertThat(postponed()).isEmpty();
    }

    @Test
    void whatIsNoLongerReadyIsReportedSoonHoweverBusyTheOperatorIs() {
        fixture.makeReady(binding);
        fixture.serviceAccount("orders", PassFixture.BILLING);

        assertThat(postponed()).contains(StatusWritePolicy.SETTLE);
        assertThat(memory.isQueued()).isTrue();
    }

    @Test
    void aPostponedReportDropsNoEarlierDueTime() {
        var early = new NextPass(fixture.now.plusSeconds(1));
        var result = new PassResult(Map.of(), null, true, early, Optional.empty());

        assertThat(result.postponed(new NextPass(fixture.now.plusSeconds(4))).nextPass())
                .isEqualTo(early);
    }
}
