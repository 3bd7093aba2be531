package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.ConditionType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What others change without the operator is restored. */
@Execution(ExecutionMode.CONCURRENT)
class DriftTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    @Test
    void restoresADeletedAssignment() {
        Tenant tenant = PLATFORM.tenant("deleted-in-azure").withDatabase().registered();
        String objectId = tenant.workload("orders").objectId();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();

        tenant.unassignedByOthers(LocalPlatform.assignmentName(objectId));

        BindingView.patiently("the assignment again")
                .untilAsserted(() -> assertThat(tenant.grantedObjectIds()).containsExactly(objectId));
        binding.awaitReady();
        assertThat(binding.configMap("cache")).isPresent();
        binding.delete();
        binding.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
    }

    /** Terraform destroys what a binding has adopted: access continues, by an assignment that the binding owns from then on. */
    @Test
    void saysThatAnAdoptedAssignmentWasReplaced() {
        Tenant tenant = PLATFORM.tenant("adopted-deleted").withDatabase();
        String objectId = tenant.workload("orders").objectId();
        tenant.assignedByOthers("terraform", objectId, Optional.empty());
        tenant.registered();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();

        tenant.unassignedByOthers("terraform");

        String own = LocalPlatform.assignmentName(objectId);
        BindingView.patiently("the event").untilAsserted(() -> assertThat(PLATFORM.client()
                        .v1()
                        .events()
                        .inNamespace(tenant.name())
                        .list()
                        .getItems())
                .filteredOn(event -> event.getReason().equals("AdoptedAssignmentReplaced"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getType()).isEqualTo("Warning");
                    assertThat(event.getMessage()).contains("`terraform`", "`" + own + "`");
                }));
        binding.awaitReady();
        assertThat(binding.status().orElseThrow().assignment().origin()).isEqualTo(AssignmentOrigin.CREATED);
        binding.delete();
        binding.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
    }

    @Test
    void restoresAnEditedConfigMap() {
        BindingView binding = ready("edited");
        Map<String, String> published = data(binding, "cache");

        binding.client().configMaps().inNamespace("edited").withName("cache").edit(map -> map.edit()
                .addToData("REDIS_HOSTNAME", "evil.example")
                .addToData("PLATFORM_REGION", "westeurope")
                .build());

        BindingView.patiently("the content again").untilAsserted(() -> assertThat(data(binding, "cache"))
                .containsAllEntriesOf(published)
                .as("what others add stays")
                .containsEntry("PLATFORM_REGION", "westeurope")
                .hasSize(published.size() + 1));
    }

    @Test
    void restoresADeletedConfigMap() {
        BindingView binding = ready("deleted");
        Map<String, String> published = data(binding, "cache");

        binding.client().configMaps().inNamespace("deleted").withName("cache").delete();

        BindingView.patiently("the ConfigMap again").untilAsserted(() -> assertThat(binding.configMap("cache"))
                .hasValueSatisfying(map -> assertThat(map.getData()).isEqualTo(published)));
    }

    /** At rest nothing else would make the newer one look again. */
    @Test
    void aNoticeAboutAnotherBindingGoesWithThatBinding() {
        Tenant tenant = PLATFORM.tenant("noticed").withDatabase().registered();
        tenant.workload("app");
        BindingView older = tenant.bind("a-older", "app");
        older.awaitReady();
        BindingView newer = tenant.bind("b-newer", "app");
        newer.awaitReady();
        assertThat(published(newer)).contains("Binding `a-older` of the same ServiceAccount");

        older.delete();
        older.awaitGone();

        BindingView.patiently("a message without the deleted binding")
                .untilAsserted(() -> assertThat(published(newer)).doesNotContain("a-older"));
    }

    private static String published(BindingView binding) {
        return binding.condition(ConditionType.ENVIRONMENT_PUBLISHED)
                .orElseThrow()
                .getMessage();
    }

    @Test
    void publishesUnderTheNewNameBeforeTheOldOneGoes() {
        Tenant tenant = PLATFORM.tenant("renamed").withDatabase().registered();
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Watch watch = watch(binding, seen)) {
            tenant.bind("cache", "orders", "environment: {configMapName: orders-env}");

            BindingView.patiently("the old one gone").until(() -> seen.contains("DELETED cache"));
        }
        assertThat(seen).containsSubsequence("ADDED orders-env", "DELETED cache");
        assertThat(binding.configMap("orders-env")).isPresent();
        binding.awaitReady();
        assertThat(binding.status().orElseThrow().environment().configMapName()).isEqualTo("orders-env");
    }

    private static BindingView ready(String name) {
        Tenant tenant = PLATFORM.tenant(name).withDatabase().registered();
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        return binding;
    }

    private static Map<String, String> data(BindingView binding, String configMap) {
        return binding.configMap(configMap).orElseThrow().getData();
    }

    private static Watch watch(BindingView binding, List<String> seen) {
        return binding.client().configMaps().inNamespace(binding.namespace()).watch(new Watcher<ConfigMap>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                seen.add(action + " " + map.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {}
        });
    }
}
