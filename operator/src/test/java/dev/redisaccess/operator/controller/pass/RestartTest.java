package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process that has just started makes of bindings that another one left Ready. */
class RestartTest {

    private final PassFixture before = new PassFixture();
    private final PassFixture after = new PassFixture();
    private RedisAccessBinding binding;
    private RedisAccessBindingStatus ready;

    @BeforeEach
    void leaveOneReady() {
        ready = before.makeReady(before.bind("orders-cache")).status();
        binding = after.bind("orders-cache");
        binding.setStatus(ready);
        RedisDatabase registered = after.cluster.databases.get("orders-cache");
        registered.setStatus(new RedisDatabaseStatus(1L, ready.endpoint(), "NoCluster", "Disabled", null, List.of()));
    }

    @Test
    void changesNothingAndAsksNobodyBeforeAzureWasRead() {
        after.azure.read = false;
        assertThat(after.pass(binding).status()).isEqualTo(ready);
        assertThat(after.work).isEmpty();
    }

    @Test
    void changesNothingAfterAzureWasRead() {
        after.azure.assignments.putAll(before.azure.assignments);
        Report report = after.pass(binding);
        assertThat(report.status()).isEqualTo(ready);
        assertThat(report.next()).isEmpty();
        assertThat(after.work).isEmpty();
    }

    @Test
    void checksAgainWithinOnePeriod() {
        after.azure.assignments.putAll(before.azure.assignments);
        assertThat(after.pass(binding).lookAgain().orElseThrow())
                .isBetween(after.now, after.now.plus(Duration.ofMinutes(15)));
    }

    @Test
    void noticesWhatWasTakenAwayMeanwhile() {
        after.pass(binding);
        assertThat(after.azure.granted).hasSize(1);
    }
}
