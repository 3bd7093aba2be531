package dev.redisaccess.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.EmulatorClock;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Faults of all of Entra, which can't be a cell of the matrix. */
@Execution(ExecutionMode.SAME_THREAD)
class ClockAndKeysTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    /** More than a ServiceAccount's token lives, with the five minutes that Entra allows. */
    private static final Duration SKEW = Duration.ofMinutes(20);

    @Test
    void saysThatTheClocksDiffer() {
        Tenant tenant = PLATFORM.tenant("skewed").withDatabase().registered();
        String objectId = tenant.workload("orders").objectId();
        EmulatorClock clock = PLATFORM.azure().clock();
        clock.advance(SKEW);
        try {
            BindingView binding = tenant.bind("cache", "orders");
            assertThat(binding.awaitReason(ConditionType.IDENTITY_RESOLVED, Reason.ASSERTION_EXPIRED))
                    .contains("AADSTS700024");
        } finally {
            clock.advance(SKEW.negated());
        }
        BindingView binding = new BindingView(PLATFORM.client(), tenant.name(), "cache");
        binding.awaitReady();
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);
    }

    @Test
    void doesNotNoticeThatEntraSignsWithOtherKeys() {
        Tenant tenant = PLATFORM.tenant("rotated").withDatabase().registered();
        tenant.workload("before");
        tenant.workload("after");
        BindingView before = tenant.bind("before", "before");
        before.awaitReady();
        PLATFORM.azure().rotateKeys();
        tenant.bind("after", "after").awaitReady();
        before.awaitReady();
    }
}
