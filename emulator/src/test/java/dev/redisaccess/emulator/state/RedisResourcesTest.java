package dev.redisaccess.emulator.state;

import static dev.redisaccess.emulator.state.ProvisioningState.Creating;
import static dev.redisaccess.emulator.state.ProvisioningState.Deleting;
import static dev.redisaccess.emulator.state.ProvisioningState.Failed;
import static dev.redisaccess.emulator.state.ProvisioningState.Succeeded;
import static dev.redisaccess.emulator.state.ProvisioningState.Updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.testing.FakeDataPlane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisResourcesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ArmId CLUSTER =
            new ArmId("/subscriptions/s/resourceGroups/g/providers/Microsoft.Cache/redisEnterprise/orders");
    private static final ArmId DATABASE = CLUSTER.child("databases", "default");
    private static final ArmId FIRST = DATABASE.child("accessPolicyAssignments", "first");
    private static final ArmId SECOND = DATABASE.child("accessPolicyAssignments", "second");
    private static final StartedBy ME = new StartedBy("me", OperationFate.COMPLETES);

    private final EmulatorClock clock = new EmulatorClock(Clock.fixed(START, ZoneOffset.UTC));
    private final RedisResources resources = new RedisResources(clock, Delays.recorded());
    private final FakeDataPlane plane = new FakeDataPlane();
    private final EffectiveAccess access = new EffectiveAccess();
    private final DataPlaneFeed feed = new DataPlaneFeed(resources, plane, access);

    @BeforeEach
    void haveOneDatabase() {
        resources.restore(new Cluster(CLUSTER, "West US 2", "Balanced_B0", "localhost", Map.of(), Succeeded));
        resources.restore(new Database(DATABASE, 0, "NoCluster", false, 1, "VolatileLRU", Succeeded));
        feed.settle();
        plane.takeCalls();
    }

    @Test
    void notesThePortThatTheRedisSideChose() {
        assertThat(resources.database(DATABASE).orElseThrow().port()).isEqualTo(FakeDataPlane.PORT);
    }

    @Test
    void createsAfterTheRecordedTimeAndGrantsAfterPropagation() {
        put(FIRST, "oid");
        after(8689);
        assertThat(state(FIRST)).isEqualTo(Creating);
        after(1);
        assertThat(state(FIRST)).isEqualTo(Succeeded);
        assertThat(access.allows(DATABASE, "oid")).isFalse();
        after(1000);
        assertThat(plane.takeCalls()).containsExactly("grant oid +@all ~*");
        assertThat(access.allows(DATABASE, "OID")).isTrue();
    }

    @Test
    void endsAnOperationAtItsTimeHoweverLateItIsRead() {
        Operation started = put(FIRST, "oid");
        after(60_000);
        Operation ended = resources.operation(started.id()).orElseThrow();
        assertThat(ended.status()).isEqualTo(Operation.Status.Succeeded);
        assertThat(ended.ended()).contains(START.plusMillis(8690));
        assertThat(plane.takeCalls()).containsExactly("grant oid +@all ~*");
    }

    @Test
    void endsWhatWouldNeverEnd() {
        resources.putAssignment(FIRST, "oid", Optional.empty(), new StartedBy("me", OperationFate.NEVER_ENDS));
        Operation endless = resources.operations().get(0);
        after(600_000);
        assertThat(state(FIRST)).isEqualTo(Creating);
        assertThat(resources.endNow(endless.id())).isTrue();
        after(60_000);
        assertThat(state(FIRST)).isEqualTo(Succeeded);
        assertThat(access.allows(DATABASE, "oid")).isTrue();
        assertThat(resources.endNow(endless.id())).isFalse();
    }

    @Test
    void failsTheSecondOfTwoWritesOnOneDatabaseAndGrantsOnlyTheFirst() {
        put(FIRST, "one");
        put(SECOND, "two");
        after(60_000);
        assertThat(state(FIRST)).isEqualTo(Succeeded);
        assertThat(state(SECOND)).isEqualTo(Failed);
        assertThat(plane.takeCalls()).containsExactly("grant one +@all ~*");
    }

    @Test
    void succeedsWhenTheFailedWriteIsRepeatedAlone() {
        put(FIRST, "one");
        put(SECOND, "two");
        after(60_000);
        put(SECOND, "two");
        after(60_000);
        assertThat(state(SECOND)).isEqualTo(Succeeded);
        assertThat(access.allows(DATABASE, "two")).isTrue();
    }

    @Test
    void failsADeleteDuringAnotherWriteAndKeepsTheAccess() {
        put(FIRST, "one");
        after(60_000);
        put(SECOND, "two");
        resources.deleteAssignment(FIRST, ME);
        after(60_000);
        assertThat(state(FIRST)).isEqualTo(Failed);
        assertThat(access.allows(DATABASE, "one")).isTrue();
    }

    @Test
    void keepsTheOldAccessDuringAnUpdateAndReplacesItWhenItSucceeded() {
        resources.putAssignment(FIRST, "oid", Optional.of("+get ~a*"), ME);
        after(60_000);
        put(FIRST, "oid");
        assertThat(state(FIRST)).isEqualTo(Updating);
        assertThat(access.allows(DATABASE, "oid")).isTrue();
        after(7460 + 1000);
        assertThat(plane.takeCalls()).containsExactly("grant oid +get ~a*", "grant oid +@all ~*");
    }

    @Test
    void revokesTheOldPrincipalWhenAnUpdateNamesAnother() {
        put(FIRST, "old");
        after(60_000);
        put(FIRST, "new");
        after(60_000);
        assertThat(plane.takeCalls()).containsExactly("grant old +@all ~*", "revoke old", "grant new +@all ~*");
        assertThat(access.allows(DATABASE, "old")).isFalse();
    }

    @Test
    void revokesWhenADeleteEnds() {
        put(FIRST, "oid");
        after(60_000);
        plane.takeCalls();
        resources.deleteAssignment(FIRST, ME);
        after(5989);
        assertThat(state(FIRST)).isEqualTo(Deleting);
        assertThat(access.allows(DATABASE, "oid")).isTrue();
        after(1);
        assertThat(resources.assignment(FIRST)).isEmpty();
        assertThat(plane.takeCalls()).containsExactly("revoke oid");
    }

    @Test
    void neverGrantsWhatWasDeletedBeforeItPropagated() {
        put(FIRST, "oid");
        after(8690);
        resources.deleteAssignment(FIRST, ME);
        after(60_000);
        assertThat(access.allows(DATABASE, "oid")).isFalse();
        assertThat(resources.assignments(DATABASE)).isEmpty();
    }

    @Test
    void refusesASecondNameForTheSamePrincipalAndAWriteOverARunningOne() {
        put(FIRST, "oid");
        assertThat(resources.putAssignment(FIRST, "oid", Optional.empty(), ME)).isInstanceOf(Write.Busy.class);
        assertThat(resources.putAssignment(SECOND, "OID", Optional.empty(), ME))
                .isInstanceOf(Write.SamePrincipal.class);
        assertThat(resources.deleteAssignment(SECOND, ME)).isInstanceOf(Write.Missing.class);
    }

    @Test
    void comparesNamesWithoutCaseAndKeepsTheFirstSpelling() {
        put(FIRST, "oid");
        after(60_000);
        put(new ArmId(FIRST.text().toUpperCase(Locale.ROOT)), "oid");
        assertThat(resources.assignments(DATABASE))
                .singleElement()
                .satisfies(each -> assertThat(each.id().text()).isEqualTo(FIRST.text()));
    }

    @Test
    void endsAsTheFaultSays() {
        resources.putAssignment(FIRST, "one", Optional.empty(), new StartedBy("me", OperationFate.FAILS));
        after(60_000);
        assertThat(state(FIRST)).isEqualTo(Failed);
        resources.putAssignment(FIRST, "one", Optional.empty(), new StartedBy("me", OperationFate.NEVER_ENDS));
        after(600_000);
        assertThat(state(FIRST)).isEqualTo(Updating);
    }

    @Test
    void failsAnAssignmentWhoseAccessStringRedisRefuses() {
        resources.putAssignment(FIRST, "oid", Optional.of("nonsense"), ME);
        after(60_000);
        assertThat(state(FIRST)).isEqualTo(Failed);
        assertThat(access.allows(DATABASE, "oid")).isFalse();
    }

    @Test
    void failsADatabaseThatDoesNotStartAndNothingElse() {
        ArmId other = CLUSTER.child("databases", "other");
        resources.put(new Database(other, FakeDataPlane.BAD_PORT, "NoCluster", false, 1, "NoEviction", Creating), ME);
        feed.settle();
        put(FIRST, "oid");
        after(60_000);
        assertThat(resources.database(other).orElseThrow().state()).isEqualTo(Failed);
        assertThat(resources.operations().get(0).status()).isEqualTo(Operation.Status.Failed);
        assertThat(access.allows(DATABASE, "oid")).isTrue();
    }

    @Test
    void deletesEverythingBelowACluster() {
        put(FIRST, "oid");
        after(60_000);
        plane.takeCalls();
        resources.deleteCluster(CLUSTER, ME);
        assertThat(resources.putAssignment(SECOND, "two", Optional.empty(), ME)).isInstanceOf(Write.Busy.class);
        after(480_000);
        assertThat(resources.cluster(CLUSTER)).isEmpty();
        assertThat(resources.database(DATABASE)).isEmpty();
        assertThat(resources.assignment(FIRST)).isEmpty();
        assertThat(plane.takeCalls()).containsExactly("revoke oid", "down orders");
        assertThat(resources.putAssignment(SECOND, "two", Optional.empty(), ME)).isInstanceOf(Write.Missing.class);
    }

    @Test
    void saysWhatIsDueNext() {
        assertThat(resources.nextDue()).isEmpty();
        put(FIRST, "oid");
        assertThat(resources.nextDue()).contains(START.plusMillis(8690));
    }

    private Operation put(ArmId id, String objectId) {
        Write<Assignment> write = resources.putAssignment(id, objectId, Optional.empty(), ME);
        assertThat(write).isInstanceOf(Write.Accepted.class);
        return ((Write.Accepted<Assignment>) write).operation();
    }

    private void after(long millis) {
        clock.advance(Duration.ofMillis(millis));
        feed.settle();
    }

    private ProvisioningState state(ArmId assignment) {
        return resources.assignment(assignment).orElseThrow().state();
    }
}
