package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** From Ready to deleted: what is revoked in Azure, and what stays. */
@Execution(ExecutionMode.CONCURRENT)
class LifecycleTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    @Test
    void revokesWhatItGrantedAndLeavesNothing() {
        Tenant tenant = PLATFORM.tenant("revoked").withDatabase().registered();
        String objectId = tenant.workload("orders").objectId();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);
        assertThat(tenant.assignments().get(0).id().name()).isEqualTo(LocalPlatform.assignmentName(objectId));
        assertThat(binding.status().orElseThrow().assignment().origin()).isEqualTo(AssignmentOrigin.CREATED);
        assertThat(binding.configMap("cache").orElseThrow().getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getName)
                .containsExactly("cache");

        binding.delete();

        binding.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
        BindingView.patiently("the ConfigMap collected")
                .until(() -> binding.configMap("cache").isEmpty());
    }

    @Test
    void leavesTheAccessWhenItIsRetained() {
        Tenant tenant = PLATFORM.tenant("retained").withDatabase().registeredWithRetention();
        String objectId = tenant.workload("orders").objectId();
        BindingView binding = tenant.bind("cache", "orders", "deletionPolicy: Retain");
        binding.awaitReady();

        binding.delete();

        binding.awaitGone();
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);
    }

    /** The platform team decides, not the application team, whether access outlives a binding. */
    @Test
    void revokesDespiteRetainWhereTheDatabaseForbidsItAndReportsIt() {
        Tenant tenant = PLATFORM.tenant("retain-forbidden").withDatabase().registered();
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders", "deletionPolicy: Retain");
        binding.awaitReady();
        assertThat(granted(binding))
                .contains(
                        "`spec.deletionPolicy` is `Retain`, which has no effect", "`retain-forbidden` is `Forbidden`");

        tenant.registeredWithRetention();
        BindingView.patiently("no notice where it is allowed")
                .untilAsserted(() -> assertThat(granted(binding)).doesNotContain("Retain"));
        tenant.registered();
        BindingView.patiently("the notice again")
                .untilAsserted(() -> assertThat(granted(binding)).contains("has no effect"));

        binding.delete();

        binding.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
    }

    private static String granted(BindingView binding) {
        return binding.condition(ConditionType.ACCESS_GRANTED).orElseThrow().getMessage();
    }

    @Test
    void leavesAnAssignmentThatWasThereBefore() {
        Tenant tenant = PLATFORM.tenant("adopted").withDatabase();
        String objectId = tenant.workload("orders").objectId();
        tenant.assignedByOthers("by-hand", objectId, Optional.empty());
        tenant.registered();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        assertThat(binding.status().orElseThrow().assignment().origin()).isEqualTo(AssignmentOrigin.ADOPTED);
        assertThat(binding.status().orElseThrow().assignment().name()).isEqualTo("by-hand");

        binding.delete();

        binding.awaitGone();
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);
        assertThat(tenant.armWrites()).isEmpty();
    }

    @Test
    void keepsASharedAssignmentUntilTheLastBindingGoes() {
        Tenant tenant = PLATFORM.tenant("shared").withDatabase().registered();
        String objectId = tenant.workload("orders").objectId();
        BindingView first = tenant.bind("first", "orders");
        first.awaitReady();
        BindingView second = tenant.bind("second", "orders");
        second.awaitReady();
        assertThat(tenant.armWrites()).hasSize(1);

        first.delete();
        first.awaitGone();
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);
        assertThat(tenant.armWrites()).hasSize(1);

        second.delete();
        second.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
    }

    @Test
    void revokesASharedAssignmentWhenAllBindingsGoAtOnce() {
        Tenant tenant = PLATFORM.tenant("shared-at-once").withDatabase().registered();
        tenant.workload("orders");
        List<BindingView> bindings = List.of(
                tenant.bind("first", "orders"), tenant.bind("second", "orders"), tenant.bind("third", "orders"));
        bindings.forEach(BindingView::awaitReady);

        bindings.forEach(BindingView::delete);

        bindings.forEach(BindingView::awaitGone);
        assertThat(tenant.assignments()).isEmpty();
    }

    @Test
    void revokesTheFormerIdentityWhenTheServiceAccountGetsAnother() {
        Tenant tenant = PLATFORM.tenant("other-identity").withDatabase().registered();
        String former = tenant.workload("orders").objectId();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        assertThat(tenant.grantedObjectIds()).containsExactly(former);
        ManagedIdentity next = tenant.identity("orders-2");
        tenant.federate(next, "orders");

        tenant.serviceAccount("orders", next.clientId());

        BindingView.patiently("access of the other identity").untilAsserted(() -> {
            assertThat(tenant.grantedObjectIds()).containsExactly(next.objectId());
            assertThat(binding.status().orElseThrow().identity().objectId()).isEqualTo(next.objectId());
        });
        binding.awaitReady();
        assertThat(binding.configMap("cache").orElseThrow().getData())
                .containsEntry("REDIS_USERNAME", next.objectId())
                .containsEntry("AZURE_CLIENT_ID", next.clientId());
        binding.delete();
        binding.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
    }

    @Test
    void registrationWaitsForItsBindings() {
        Tenant tenant = PLATFORM.tenant("in-use").withDatabase().registered();
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();

        tenant.unregister();

        BindingView.patiently("the event InUse").untilAsserted(() -> assertThat(
                        PLATFORM.client().v1().events().inAnyNamespace().list().getItems())
                .filteredOn(event -> event.getInvolvedObject().getName().equals("in-use"))
                .filteredOn(event -> event.getReason().equals("InUse"))
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage()).contains("in-use/cache", "Delete them first")));
        assertThat(tenant.registration().get()).isNotNull();

        binding.delete();
        binding.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
        tenant.awaitUnregistered();
    }

    @Test
    void releasesABindingWhoseDatabaseIsGoneFromAzure() {
        Tenant tenant = PLATFORM.tenant("azure-gone").withDatabase().registered();
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        tenant.removeDatabase();
        binding.awaitFailure(ConditionType.DATABASE_RESOLVED, Reason.AZURE_RESOURCE_NOT_FOUND);

        binding.delete();

        binding.awaitGone();
    }

    /** A binding that is deleted at any moment before Ready is removed, and its access is revoked. */
    @Test
    void goesWhenDeletedOnTheWayToReady() {
        Tenant tenant = PLATFORM.tenant("early").withDatabase().registered();
        List<BindingView> bindings = new ArrayList<>();
        for (int moment = 0; moment < 8; moment++) {
            tenant.workload("orders-" + moment);
            BindingView binding = tenant.bind("cache-" + moment, "orders-" + moment);
            int versions = moment;
            BindingView.patiently("moment " + moment)
                    .until(() -> versions == 0
                            || binding.condition(ConditionType.READY).isPresent());
            binding.delete();
            bindings.add(binding);
        }

        bindings.forEach(BindingView::awaitGone);
        assertThat(tenant.assignments()).isEmpty();
    }

    /** The deletion and the operator's own write are concurrent: neither may hide the other. */
    @Test
    void registrationGoesWhenDeletedWhileItIsReported() {
        Tenant tenant = PLATFORM.tenant("short-lived");
        PLATFORM.traffic()
                .beforeNext(call -> call.path().endsWith("/redisdatabases/short-lived/status"), tenant::unregister);

        tenant.register("/subscriptions/no-guid", "{names: []}");

        BindingView.patiently("the deletion")
                .until(() -> Optional.ofNullable(tenant.registration().get())
                        .map(found -> found.isMarkedForDeletion())
                        .orElse(true));
        tenant.awaitUnregistered();
    }

    @Test
    void bindingGoesWhenDeletedWhileItIsReported() {
        Tenant tenant = PLATFORM.tenant("overtaken");
        BindingView binding = new BindingView(PLATFORM.client(), "overtaken", "cache");
        PLATFORM.traffic()
                .beforeNext(
                        call -> call.path().endsWith("/overtaken/redisaccessbindings/cache/status"), binding::delete);

        tenant.bind("cache", "orders");

        BindingView.patiently("the deletion")
                .until(() ->
                        binding.find().map(found -> found.isMarkedForDeletion()).orElse(true));
        binding.awaitGone();
    }

    @Test
    void registrationIsReadAgainWhenEditedWhileItIsReported() {
        Tenant tenant = PLATFORM.tenant("edited-meanwhile").withDatabase();
        tenant.workload("orders");
        PLATFORM.traffic()
                .beforeNext(
                        call -> call.path().endsWith("/redisdatabases/edited-meanwhile/status"), tenant::registered);

        tenant.register("/subscriptions/no-guid", "{names: []}");

        tenant.bind("cache", "orders").awaitReady();
        BindingView.patiently("the registration of today reported").untilAsserted(() -> assertThat(
                        tenant.registration().get().getStatus().observedGeneration())
                .isEqualTo(tenant.registration().get().getMetadata().getGeneration()));
    }
}
