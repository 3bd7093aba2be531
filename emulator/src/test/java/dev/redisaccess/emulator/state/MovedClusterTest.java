package dev.redisaccess.emulator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.testing.FakeDataPlane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster that is moved to another resource group: another id, and otherwise the same. */
class MovedClusterTest {

    private static final ArmId CLUSTER =
            new ArmId("/subscriptions/s/resourceGroups/g/providers/Microsoft.Cache/redisEnterprise/orders");
    private static final ArmId THERE =
            new ArmId("/subscriptions/s/resourceGroups/other/providers/Microsoft.Cache/redisEnterprise/orders");
    private static final ArmId DATABASE = database(CLUSTER);
    private static final ArmId DATABASE_THERE = database(THERE);
    private static final StartedBy ME = new StartedBy("me", OperationFate.COMPLETES);

    private final EmulatorClock clock =
            new EmulatorClock(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
    private final RedisResources resources = new RedisResources(clock, Delays.recorded());
    private final FakeDataPlane plane = new FakeDataPlane();
    private final EffectiveAccess access = new EffectiveAccess();
    private final DataPlaneFeed feed = new DataPlaneFeed(resources, plane, access);

    @BeforeEach
    void haveOneDatabaseWithOneAssignment() {
        resources.restore(
                new Cluster(CLUSTER, "West US 2", "Balanced_B0", "localhost", Map.of(), ProvisioningState.Succeeded));
        resources.restore(new Database(DATABASE, 0, "NoCluster", false, 1, "VolatileLRU", ProvisioningState.Succeeded));
        put("first", "oid");
        after(60_000);
        plane.takeCalls();
    }

    @Test
    void hasEverythingUnderTheNewIdAndNothingUnderTheOldOne() {
        assertThat(resources.move(CLUSTER, THERE)).isTrue();

        assertThat(resources.cluster(CLUSTER)).isEmpty();
        assertThat(resources.database(DATABASE)).isEmpty();
        assertThat(resources.assignments(DATABASE)).isEmpty();
        assertThat(resources.cluster(THERE)).get().extracting(Cluster::hostName).isEqualTo("localhost");
        assertThat(resources.database(DATABASE_THERE))
                .get()
                .extracting(Database::port)
                .isEqualTo(FakeDataPlane.PORT);
        assertThat(resources.assignments(DATABASE_THERE)).singleElement().satisfies(each -> {
            assertThat(each.id()).isEqualTo(DATABASE_THERE.child("accessPolicyAssignments", "first"));
            assertThat(each.objectId()).isEqualTo("oid");
            assertThat(each.state()).isEqualTo(ProvisioningState.Succeeded);
        });
    }

    @Test
    void admitsTheSamePrincipalsAsBefore() {
        resources.move(CLUSTER, THERE);
        after(0);

        assertThat(plane.takeCalls())
                .containsExactly("revoke oid", "down orders", "up orders Succeeded", "grant oid +@all ~*");
        assertThat(access.allows(DATABASE, "oid")).isFalse();
        assertThat(access.allows(DATABASE_THERE, "oid")).isTrue();
    }

    @Test
    void isMovedBack() {
        resources.move(CLUSTER, THERE);
        assertThat(resources.move(THERE, CLUSTER)).isTrue();
        after(0);

        assertThat(resources.assignments(DATABASE)).hasSize(1);
        assertThat(access.allows(DATABASE, "oid")).isTrue();
    }

    @Test
    void staysWhileAzureWorksOnIt() {
        put("second", "two");
        assertThat(resources.move(CLUSTER, THERE)).isFalse();
        after(60_000);
        assertThat(resources.move(CLUSTER, THERE)).isTrue();
        assertThat(resources.move(CLUSTER, THERE)).as("it no longer exists").isFalse();
    }

    private void put(String name, String objectId) {
        resources.putAssignment(DATABASE.child("accessPolicyAssignments", name), objectId, Optional.empty(), ME);
    }

    private void after(long millis) {
        clock.advance(Duration.ofMillis(millis));
        feed.settle();
    }

    private static ArmId database(ArmId cluster) {
        return cluster.child("databases", "default");
    }
}
