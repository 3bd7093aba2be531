package dev.redisaccess.operator.azure;

import static dev.redisaccess.operator.azure.Samples.ALICE;
import static dev.redisaccess.operator.azure.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.port.LaneState;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a lane does not do, though it was asked to. */
class LaneCautionTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AzureSide side = new AzureSide().watching(ORDERS);

    @Test
    void neverDeletesWhatSomebodyElsePutUnderItsName() {
        side.azure.put(ORDERS, Samples.readOnly(ALICE));
        side.access.revoke(ORDERS, ALICE, ALICE.value(), () -> true);
        side.advance(MINUTE);
        assertThat(side.azure.count("delete")).isZero();
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
        assertThat(side.known(ALICE).orElseThrow().access().usable()).isFalse();
    }

    /** Else a binding would be taken for revoked because nothing of it is to be seen. */
    @Test
    void tellsOfARevocationThatWaitsBehindACreationThatAzureHoldsUp() {
        side.azure.fail("create", Problem.of(Reason.AZURE_THROTTLED, "429").retryAfter(Duration.ofSeconds(20)));
        side.access.grant(ORDERS, ALICE, () -> true);
        side.workers.settle();
        side.access.revoke(ORDERS, ALICE, ALICE.value(), () -> true);
        assertThat(side.lane(ALICE)).isInstanceOfSatisfying(LaneState.Queued.class, queued -> assertThat(queued.kind())
                .isEqualTo(LaneState.Kind.REVOKE));
    }

    @Test
    void asksOnceMoreRightBeforeItCreates() {
        boolean[] wanted = {true};
        side.access.listen(new DatabaseAccess.Listener() {
            @Override
            public void changed(DatabaseId database, Set<ObjectId> concerned) {}

            @Override
            public boolean creating(DatabaseId database, ObjectId principal) {
                wanted[0] = false; // deleted while the lane looked
                return true;
            }
        });
        side.access.grant(ORDERS, ALICE, () -> wanted[0]);
        side.advance(MINUTE);
        assertThat(side.azure.count("create")).isZero();
    }

    @Test
    void createsNothingThatNobodyHasOnRecord() {
        side.access.listen(new DatabaseAccess.Listener() {
            @Override
            public void changed(DatabaseId database, Set<ObjectId> concerned) {}

            @Override
            public boolean creating(DatabaseId database, ObjectId principal) {
                return false;
            }
        });
        side.access.grant(ORDERS, ALICE, () -> true);
        side.advance(MINUTE);
        assertThat(side.azure.count("create")).isZero();
    }
}
