package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisAccessReport;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The operator ends and starts again: status and Azure have all that it needs to continue. */
@Execution(ExecutionMode.SAME_THREAD)
class OperatorRestartTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    /**
     * After a restart each login falls due at a random moment of the next 15 minutes: one of them may be now. More than that
     * would be a wave.
     */
    private static final int DUE_BY_CHANCE = 1;

    @Test
    void amongReadyBindingsItWritesNothing() throws IOException {
        Tenant tenant = PLATFORM.tenant("restart").withDatabase().registered();
        List<BindingView> bindings = IntStream.range(0, 3)
                .mapToObj(i -> {
                    tenant.workload("orders-" + i);
                    return tenant.bind("cache-" + i, "orders-" + i);
                })
                .toList();
        bindings.forEach(BindingView::awaitReady);
        // At most one review a minute is stored; the last one of before must not be left to the restart.
        BindingView.patiently("the review of all")
                .atMost(Duration.ofMinutes(3))
                .until(() -> reported("restart") == 3
                        && Integer.valueOf(3)
                                .equals(tenant.registration()
                                        .get()
                                        .getStatus()
                                        .access()
                                        .bound()));
        List<RedisAccessBindingStatus> before = statuses(bindings);
        PLATFORM.stopOperator();
        PLATFORM.traffic().forget();
        PLATFORM.azure().requestLog().clear();

        PLATFORM.startOperator();

        BindingView.patiently("the database read twice")
                .until(() -> tenant.armRequests().stream()
                                .filter(entry -> entry.path().endsWith("accessPolicyAssignments"))
                                .count()
                        > 1);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(tenant.armWrites()).isEmpty();
            assertThat(PLATFORM.traffic().writes())
                    .as(
                            "statuses %s and of the database %s",
                            statuses(bindings), tenant.registration().get().getStatus())
                    .isEmpty();
        });
        assertThat(PLATFORM.traffic().calls().stream()
                        .filter(KubernetesTraffic.Call::isTokenRequest)
                        .count())
                .as("requested tokens")
                .isLessThanOrEqualTo(DUE_BY_CHANCE);
        assertThat(statuses(bindings)).isEqualTo(before);
    }

    /** How many assignments of a database are in its report as bound. */
    private static long reported(String database) {
        return PLATFORM.client().resources(RedisAccessReport.class).list().getItems().stream()
                .map(RedisAccessReport::getReport)
                .filter(page -> page.database().equals(database))
                .flatMap(page -> page.entries().stream())
                .filter(entry -> entry.kind() == AssignmentKind.BOUND)
                .count();
    }

    @Test
    void takesUpWhatHappenedMeanwhile() throws IOException {
        Tenant tenant = PLATFORM.tenant("meanwhile").withDatabase().registered();
        tenant.workload("deleted");
        String kept = tenant.workload("kept").objectId();
        BindingView deleted = tenant.bind("deleted", "deleted");
        BindingView edited = tenant.bind("kept", "kept");
        deleted.awaitReady();
        edited.awaitReady();
        PLATFORM.stopOperator();
        deleted.delete();
        edited.client().configMaps().inNamespace("meanwhile").withName("kept").edit(map -> map.edit()
                .addToData("REDIS_PORT", "1")
                .build());
        String added = tenant.workload("added").objectId();
        BindingView fresh = tenant.bind("added", "added");

        PLATFORM.startOperator();

        deleted.awaitGone();
        fresh.awaitReady();
        assertThat(tenant.grantedObjectIds()).containsExactlyInAnyOrder(kept, added);
        BindingView.patiently("the content again").untilAsserted(() -> assertThat(
                        edited.configMap("kept").orElseThrow().getData())
                .containsEntry("REDIS_PORT", String.valueOf(tenant.redis().port())));
    }

    /** A backup has no status: the owner of the access is read from Azure. */
    @Test
    void findsItsOwnAccessAgainAfterARestoreWithoutStatus() throws IOException {
        Tenant tenant = PLATFORM.tenant("restored").withDatabase().registered();
        tenant.workload("deleted");
        String kept = tenant.workload("kept").objectId();
        BindingView deleted = tenant.bind("deleted", "deleted");
        BindingView restored = tenant.bind("kept", "kept");
        deleted.awaitReady();
        restored.awaitReady();
        PLATFORM.stopOperator();
        PLATFORM.azure().requestLog().clear();
        loseStatus(restored);
        loseStatus(deleted);
        deleted.delete();

        PLATFORM.startOperator();

        deleted.awaitGone();
        restored.awaitReady();
        assertThat(restored.status().orElseThrow().assignment().origin()).isEqualTo(AssignmentOrigin.CREATED);
        assertThat(tenant.grantedObjectIds()).containsExactly(kept);
        assertThat(tenant.armWrites()).extracting(RequestLog.Entry::method).containsOnly("DELETE");
        restored.delete();
        restored.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
    }

    private static void loseStatus(BindingView binding) {
        binding.resource().subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": null}");
        assertThat(binding.status()).isEmpty();
    }

    private static List<RedisAccessBindingStatus> statuses(List<BindingView> bindings) {
        return bindings.stream().map(binding -> binding.status().orElseThrow()).toList();
    }
}
