package dev.redisaccess.operator.azure;

import static dev.redisaccess.operator.azure.Samples.ALICE;
import static dev.redisaccess.operator.azure.Samples.BOB;
import static dev.redisaccess.operator.azure.Samples.CAROL;
import static dev.redisaccess.operator.azure.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatabaseWatchTest {

    private final AzureSide side = new AzureSide();

    @Test
    void readsAtOnceAndThenOnceAPeriod() {
        side.access.watch(ORDERS, AzureSide.PERIOD);
        assertThat(side.access.snapshot(ORDERS)).isEmpty();
        side.workers.settle();
        DatabaseSnapshot snapshot = side.access.snapshot(ORDERS).orElseThrow();
        assertThat(snapshot.database()).contains(FakeControlPlane.DATABASE);
        assertThat(snapshot.inventory()).isPresent();
        assertThat(snapshot.problem()).isEmpty();
        side.advance(Duration.ofSeconds(3000));
        assertThat(side.azure.count("list")).isEqualTo(11);
    }

    @Test
    void notifiesThePrincipalsWhoseAssignmentsDrifted() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.azure.put(ORDERS, Samples.assignment(BOB, ProvisioningState.Succeeded));
        side.watching(ORDERS);
        side.azure.remove(ORDERS, Samples.name(ALICE));
        side.azure.put(ORDERS, Samples.assignment(CAROL, ProvisioningState.Succeeded));
        side.advance(AzureSide.PERIOD);
        assertThat(side.notifications).containsExactly(new AzureSide.Notification(ORDERS, Set.of(ALICE, CAROL)));
        side.notifications.clear();
        side.azure.put(ORDERS, Samples.readOnly(BOB));
        side.advance(AzureSide.PERIOD);
        assertThat(side.notifications).containsExactly(new AzureSide.Notification(ORDERS, Set.of(BOB)));
    }

    /** It grants to Bob, and its name is the one that Alice's own assignment would have. */
    @Test
    void notifiesThePrincipalWhoseNameAnotherAssignmentHas() {
        side.azure.put(ORDERS, Samples.named(Samples.name(ALICE), BOB));
        side.watching(ORDERS);
        side.azure.remove(ORDERS, Samples.name(ALICE));
        side.advance(AzureSide.PERIOD);
        assertThat(side.notifications).containsExactly(new AzureSide.Notification(ORDERS, Set.of(ALICE, BOB)));
    }

    @Test
    void readsByNameWhatAListLacksBeforeItCountsAsGone() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.azure.put(ORDERS, Samples.assignment(BOB, ProvisioningState.Succeeded));
        side.watching(ORDERS);
        side.azure.unlist(Samples.name(ALICE));
        side.azure.remove(ORDERS, Samples.name(BOB));
        side.advance(AzureSide.PERIOD);
        assertThat(side.notifications).containsExactly(new AzureSide.Notification(ORDERS, Set.of(BOB)));
        assertThat(side.known(ALICE)).isPresent();
        assertThat(side.known(BOB)).isEmpty();
        assertThat(side.azure.count("read ")).isEqualTo(2);
    }

    @Test
    void keepsWhatIsKnownWhenItCannotReadByName() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.watching(ORDERS);
        side.azure.remove(ORDERS, Samples.name(ALICE));
        side.azure.fail("read", FakeControlPlane.unavailable());
        side.advance(AzureSide.PERIOD);
        assertThat(side.known(ALICE)).isPresent();
        assertThat(side.access.snapshot(ORDERS).orElseThrow().problem()).isPresent();
        side.advance(Duration.ofSeconds(15));
        assertThat(side.known(ALICE)).isEmpty();
    }

    @Test
    void acceptsAListThatLacksMany() {
        for (int i = 1; i <= 11; i++) {
            side.azure.put(ORDERS, Samples.assignment(Samples.principal(i), ProvisioningState.Succeeded));
        }
        side.watching(ORDERS);
        for (int i = 1; i <= 11; i++) {
            side.azure.remove(ORDERS, Samples.name(Samples.principal(i)));
        }
        side.advance(AzureSide.PERIOD);
        assertThat(side.known(ALICE)).isEmpty();
        assertThat(side.azure.count("read ")).isZero();
    }

    @Test
    void sendsNoNotificationWhenNothingChanged() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.watching(ORDERS);
        side.advance(Duration.ofHours(2));
        assertThat(side.notifications).isEmpty();
    }

    @Test
    void notifiesOfAChangeOfTheDatabaseItself() {
        side.watching(ORDERS);
        side.azure.database =
                new Database(new Endpoint("orders.westus2.redis.azure.net", 10000), ClusteringPolicy.OSSCluster, true);
        side.advance(AzureSide.PERIOD);
        assertThat(side.notifications).containsExactly(new AzureSide.Notification(ORDERS, Set.of()));
    }

    @Test
    void keepsWhatIsKnownWhenAReadingFailsAndTriesAgainAtDoublingIntervals() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.watching(ORDERS);
        Problem down = FakeControlPlane.unavailable();
        side.azure.fail("readDatabase", down, down, down);
        side.advance(AzureSide.PERIOD);
        DatabaseSnapshot snapshot = side.access.snapshot(ORDERS).orElseThrow();
        assertThat(snapshot.problem()).contains(down);
        assertThat(snapshot.database()).contains(FakeControlPlane.DATABASE);
        assertThat(side.known(ALICE)).isPresent();
        assertThat(side.notifications).containsExactly(new AzureSide.Notification(ORDERS, Set.of()));
        side.advance(Duration.ofSeconds(9));
        assertThat(side.azure.count("readDatabase")).isEqualTo(2);
        side.advance(Duration.ofSeconds(1));
        assertThat(side.azure.count("readDatabase")).isEqualTo(3);
        side.advance(Duration.ofSeconds(20));
        assertThat(side.azure.count("readDatabase")).isEqualTo(4);
        side.advance(Duration.ofSeconds(40));
        assertThat(side.access.snapshot(ORDERS).orElseThrow().problem()).isEmpty();
        // Of the failure and of the recovery, and not of each attempt.
        assertThat(side.notifications).hasSize(2);
    }

    @Test
    void keepsTheInventoryOfADatabaseThatIsGone() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.watching(ORDERS);
        Problem gone = Problem.of(Reason.AZURE_RESOURCE_NOT_FOUND, "no such cluster");
        side.azure.fail("readDatabase", gone);
        side.advance(AzureSide.PERIOD);
        assertThat(side.access.snapshot(ORDERS).orElseThrow().problem()).contains(gone);
        assertThat(side.known(ALICE)).isPresent();
    }

    @Test
    void waitsWithReadingsWhileTheSubscriptionIsPaused() {
        side.watching(ORDERS);
        side.advance(AzureSide.PERIOD.minusSeconds(1));
        side.subscriptions.of(Samples.SUBSCRIPTION).pause(Duration.ofSeconds(30));
        side.advance(Duration.ofSeconds(29));
        assertThat(side.azure.count("readDatabase")).isEqualTo(1);
        side.advance(Duration.ofSeconds(1));
        assertThat(side.azure.count("readDatabase")).isEqualTo(2);
    }

    @Test
    void takesAnotherPeriod() {
        side.watching(ORDERS);
        side.access.watch(ORDERS, Duration.ofSeconds(60));
        side.access.watch(ORDERS, Duration.ofSeconds(60));
        side.advance(Duration.ofSeconds(600));
        assertThat(side.azure.count("list")).isEqualTo(11);
    }

    @Test
    void readsNoMoreWhenForgotten() {
        side.watching(ORDERS);
        side.access.forget(ORDERS);
        side.advance(Duration.ofHours(1));
        assertThat(side.azure.count("list")).isEqualTo(1);
        assertThat(side.access.size()).isZero();
        assertThat(side.workers.waiting()).isZero();
    }

    @Test
    void aReadingUnderWayDoesNotUndoAGrant() {
        side.watching(ORDERS);
        // Within the 30 s in which the lane does not read again before it writes.
        side.access.watch(ORDERS, Duration.ofSeconds(20));
        side.azure.beforeListResponse(() -> {
            side.access.grant(ORDERS, ALICE, Samples::full);
            side.advance(Duration.ofSeconds(20));
            assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
        });
        side.advance(Duration.ofSeconds(20));
        assertThat(side.azure.count("list")).isEqualTo(2);
        assertThat(side.known(ALICE).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
        assertThat(side.known(ALICE).orElseThrow().succeededAt()).isPresent();
    }

    @Test
    void aReadingUnderWayDoesNotUndoARevocation() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.watching(ORDERS);
        side.azure.beforeListResponse(() -> {
            side.access.revoke(ORDERS, ALICE, Samples.name(ALICE), () -> true);
            side.advance(Duration.ofSeconds(20));
        });
        side.advance(AzureSide.PERIOD);
        assertThat(side.known(ALICE)).isEmpty();
    }

    @Test
    void saysWhenAnAssignmentSucceededOnlyIfItSawThat() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.watching(ORDERS);
        assertThat(side.known(ALICE).orElseThrow().succeededAt()).isEmpty();
        side.azure.put(ORDERS, Samples.assignment(BOB, ProvisioningState.Succeeded));
        side.advance(AzureSide.PERIOD);
        assertThat(side.known(BOB).orElseThrow().succeededAt()).contains(FakeClock.START.plus(AzureSide.PERIOD));
        side.advance(AzureSide.PERIOD);
        assertThat(side.known(BOB).orElseThrow().succeededAt()).contains(FakeClock.START.plus(AzureSide.PERIOD));
        assertThat(side.known(ALICE).orElseThrow().succeededAt()).isEmpty();
    }
}
