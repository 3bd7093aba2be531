package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.kubernetes.json.Json;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Rare sequences in the life of a binding, from docs/failure-model.md. */
@Execution(ExecutionMode.CONCURRENT)
class LifecycleCornersTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    /** The managed identity is deleted and created again: it has another object ID and another client ID. */
    @Test
    void followsARecreatedIdentity() {
        Tenant tenant = PLATFORM.tenant("recreated").withDatabase().registered();
        ManagedIdentity former = tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();

        PLATFORM.azure().state().directory().remove(former.id());
        ManagedIdentity recreated = tenant.workload("orders");
        assertThat(recreated.id()).isEqualTo(former.id());
        assertThat(recreated.objectId()).isNotEqualTo(former.objectId());

        BindingView.patiently("access of the new one only")
                .untilAsserted(() -> assertThat(tenant.grantedObjectIds()).containsExactly(recreated.objectId()));
        binding.awaitReady();
        assertThat(binding.status().orElseThrow().identity().objectId()).isEqualTo(recreated.objectId());
    }

    @Test
    void forgetsTheFormerIdentityOfARecreatedServiceAccount() {
        Tenant tenant = PLATFORM.tenant("recreated-account").withDatabase().registered();
        String former = tenant.workload("orders").objectId();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();

        PLATFORM.client()
                .serviceAccounts()
                .inNamespace("recreated-account")
                .withName("orders")
                .delete();
        binding.awaitFailure(ConditionType.IDENTITY_RESOLVED, Reason.SERVICE_ACCOUNT_NOT_FOUND);
        assertThat(tenant.grantedObjectIds()).as("nothing is revoked for that").containsExactly(former);

        ManagedIdentity other = tenant.identity("billing");
        tenant.federate(other, "orders");
        tenant.serviceAccount("orders", other.clientId());
        BindingView.patiently("access of the new one only")
                .untilAsserted(() -> assertThat(tenant.grantedObjectIds()).containsExactly(other.objectId()));
        binding.awaitReady();
    }

    @Test
    void staysWhileItMayNotRevokeAndReportsWhatToDo() {
        Tenant tenant = PLATFORM.tenant("may-not-revoke").withDatabase().registered();
        String objectId = tenant.workload("orders").objectId();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        int fault = PLATFORM.azure().faults().add(forbidden(tenant));

        binding.delete();

        assertThat(binding.awaitFailure(ConditionType.ACCESS_GRANTED, Reason.AZURE_FORBIDDEN)
                        .getMessage())
                .contains(
                        "`Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/delete`",
                        "Assign the operator's role",
                        "[correlation id ");
        assertThat(binding.find().orElseThrow().getMetadata().getFinalizers()).isNotEmpty();
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);

        PLATFORM.azure().faults().remove(fault);
        binding.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
    }

    /** Users who can't wait set Retain. That ends what the operator had begun, also when Azure admits it later. */
    @Test
    void givesTheRevocationUpWhenThePolicyBecomesRetainMeanwhile() {
        Tenant tenant = PLATFORM.tenant("retained-late").withDatabase().registeredWithRetention();
        String objectId = tenant.workload("orders").objectId();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        int fault = PLATFORM.azure().faults().add(forbidden(tenant));
        binding.delete();
        binding.awaitFailure(ConditionType.ACCESS_GRANTED, Reason.AZURE_FORBIDDEN);

        tenant.bind("cache", "orders", "deletionPolicy: Retain");

        binding.awaitGone();
        PLATFORM.azure().faults().remove(fault);
        // The lane's next attempt is due ten seconds after the first.
        await().during(Duration.ofSeconds(13))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(tenant.grantedObjectIds()).containsExactly(objectId));
    }

    @Test
    void revokesWhenThePolicyBecomesDeleteBeforeItGoes() {
        Tenant tenant = PLATFORM.tenant("deleted-late").withDatabase().registeredWithRetention();
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders", "deletionPolicy: Retain");
        binding.awaitReady();

        tenant.bind("cache", "orders", "deletionPolicy: Delete");
        binding.delete();

        binding.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
    }

    /** Another cluster's operator created the assignment for the same identity, and deletes it with its own binding. */
    @Test
    void restoresWhatAnotherClusterSharedAndRevoked() {
        Tenant tenant = PLATFORM.tenant("two-clusters").withDatabase();
        String objectId = tenant.workload("orders").objectId();
        String theirs = LocalPlatform.assignmentNameOf("another-cluster", objectId);
        tenant.assignedByOthers(theirs, objectId, Optional.empty());
        tenant.registered();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        assertThat(origin(binding)).isEqualTo(AssignmentOrigin.ADOPTED);

        tenant.unassignedByOthers(theirs);

        BindingView.patiently("access again, within one inventory, by an assignment of this installation")
                .untilAsserted(() -> assertThat(tenant.assignments())
                        .extracting(assignment -> assignment.id().name())
                        .containsExactly(LocalPlatform.assignmentName(objectId)));
        BindingView.patiently("the new assignment reported")
                .untilAsserted(() -> assertThat(origin(binding)).isEqualTo(AssignmentOrigin.CREATED));
        binding.awaitReady();
        binding.delete();
        binding.awaitGone();
        assertThat(tenant.assignments()).isEmpty();
    }

    /** Terraform and the binding come at the same time: Azure refuses what its LIST does not show yet. */
    @Test
    void adoptsWhatAnotherClientCreatesJustBeforeItsOwnTurn() {
        Tenant tenant = PLATFORM.tenant("overtaken-by-terraform").withDatabase();
        String objectId = tenant.workload("orders").objectId();
        int fault = PLATFORM.azure().faults().add(ListedAssignments.of(tenant, "{\"value\": []}"));
        tenant.assignedByOthers("terraform", objectId, Optional.empty());
        tenant.registered();
        BindingView binding = tenant.bind("cache", "orders");
        BindingView.patiently("a request that Azure refuses")
                .until(() -> !tenant.armWrites().isEmpty());
        PLATFORM.azure().faults().remove(fault);
        binding.awaitReady();
        assertThat(origin(binding)).isEqualTo(AssignmentOrigin.ADOPTED);

        binding.delete();

        binding.awaitGone();
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);
        assertThat(tenant.armWrites())
                .as("nothing but what Azure refused")
                .allMatch(entry -> entry.method().equals("PUT") && entry.status() == 400);
    }

    @Test
    void reportsThatAccessWillBeRevokedWhenTheNamespaceIsNoLongerAdmitted() {
        Tenant tenant = PLATFORM.tenant("narrowed-list").withDatabase().registered();
        String objectId = tenant.workload("orders").objectId();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();

        tenant.register(tenant.cluster().text(), "{names: [elsewhere]}");

        assertThat(binding.awaitFailure(ConditionType.DATABASE_RESOLVED, Reason.NAMESPACE_NOT_ALLOWED)
                        .getMessage())
                .contains("revoked after 5 minutes");
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);
        BindingView.patiently("the event").untilAsserted(() -> assertThat(events(tenant))
                .anyMatch(message -> message.contains("revoked after 5 minutes")));

        tenant.registered();
        binding.awaitReady();
        assertThat(tenant.armWrites()).hasSize(1);
    }

    /** An Event for each transition, and no more, however often the same is tried. */
    @Test
    void reportsEachTransitionOnce() {
        Tenant tenant = PLATFORM.tenant("events").withDatabase().registered();
        tenant.workload("orders");
        int fault = PLATFORM.azure().faults().add(forbidden(tenant));
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitFailure(ConditionType.ACCESS_GRANTED, Reason.AZURE_FORBIDDEN);
        BindingView.patiently("a second attempt").until(() -> tenant.armWrites().size() > 1);
        PLATFORM.azure().faults().remove(fault);
        binding.awaitReady();

        BindingView.patiently("both events").untilAsserted(() -> assertThat(PLATFORM.client()
                        .v1()
                        .events()
                        .inNamespace(tenant.name())
                        .list()
                        .getItems())
                .extracting(Event::getReason)
                .containsExactlyInAnyOrder(Reason.AZURE_FORBIDDEN.text(), Reason.READY.text()));
    }

    private static List<String> events(Tenant tenant) {
        return PLATFORM.client().v1().events().inNamespace(tenant.name()).list().getItems().stream()
                .map(event -> event.getMessage())
                .toList();
    }

    private static AssignmentOrigin origin(BindingView binding) {
        return binding.status().orElseThrow().assignment().origin();
    }

    /** Azure refuses every change of the tenant's assignments. */
    private static FaultRule forbidden(Tenant tenant) {
        return new FaultRule(
                Service.ARM,
                "PUT|DELETE",
                tenant.name() + "/databases/default/accessPolicyAssignments/",
                "",
                0,
                0,
                new FaultAction(
                        403,
                        Json.parse("{\"error\": {\"code\": \"AuthorizationFailed\", \"message\": \"No role.\"}}"),
                        Map.of("x-ms-correlation-request-id", "11111111-2222-3333-4444-555555555555"),
                        0,
                        false,
                        false,
                        false,
                        false,
                        false,
                        0));
    }
}
