package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.binding.OwnerMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two installations in one cluster, each with its namespaces: how a large cluster is divided (docs/scaling.md). */
class TwoInstallationsTest {

    private static final int BINDINGS = 8;
    private static final String SECOND = "installation-two";

    /** More than the longest time between two reviews of a database. */
    private static final Duration REVIEWS = Duration.ofSeconds(75);

    @RegisterExtension
    static final LocalPlatform PLATFORM = LocalPlatform.of("fast", "", Map.of("REDIS_ACCESS_WATCH_NAMESPACES", "left"));

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void eachServesItsNamespacesAndNothingIsDoneTwice() throws InterruptedException {
        Tenant left = PLATFORM.tenant("left").withDatabase().registered();
        Tenant right = PLATFORM.tenant("right").withDatabase().registered();
        Map<String, String> second = Map.of(
                "REDIS_ACCESS_WATCH_NAMESPACES", "right",
                "REDIS_ACCESS_OWNER_ID", SECOND,
                "REDIS_ACCESS_LEASE_NAME", SECOND);
        try (OperatorProcess other = PLATFORM.startProcess(SECOND, second)) {
            List<BindingView> all = new ArrayList<>();
            for (int i = 0; i < BINDINGS; i++) {
                for (Tenant tenant : List.of(left, right)) {
                    tenant.workload("app-" + i);
                    all.add(tenant.bind("cache-" + i, "app-" + i));
                }
            }

            all.forEach(BindingView::awaitReady);
            assertThat(Stream.of(left, right).map(Tenant::armWrites))
                    .allSatisfy(writes -> assertThat(writes).hasSize(BINDINGS));
            assertCreatedBy(LocalPlatform.OWNER_ID, left);
            assertCreatedBy(SECOND, right);

            reportsOfBoth(left, right);
            List<String> before = versions(left, right);
            Thread.sleep(REVIEWS.toMillis());
            assertThat(versions(left, right)).as("at rest nothing is written").isEqualTo(before);
        }
    }

    private static void assertCreatedBy(String ownerId, Tenant tenant) {
        assertThat(tenant.assignments()).extracting(Assignment::id).allSatisfy(id -> assertThat(id.name())
                .endsWith(OwnerMark.of(ownerId).toString()));
    }

    /** Each installation reads every database, and reports on it. */
    private static void reportsOfBoth(Tenant... tenants) {
        BindingView.patiently("reports of both installations on both databases").untilAsserted(() -> {
            List<String> names = PLATFORM.client().resources(RedisAccessReport.class).list().getItems().stream()
                    .filter(report -> report.getReport().entries().size() == BINDINGS)
                    .map(report -> report.getMetadata().getName())
                    .toList();
            for (Tenant tenant : tenants) {
                for (String ownerId : List.of(LocalPlatform.OWNER_ID, SECOND)) {
                    assertThat(names).contains(tenant.name() + "." + OwnerMark.of(ownerId) + ".1");
                }
            }
        });
    }

    private static List<String> versions(Tenant... tenants) {
        return Stream.of(tenants)
                .map(tenant -> tenant.registration().get().getMetadata().getResourceVersion())
                .toList();
    }
}
