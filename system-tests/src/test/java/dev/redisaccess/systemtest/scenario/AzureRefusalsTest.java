package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.emulator.state.RoleDefinition;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Azure Resource Manager refuses, or reports with an unexpected value: named, not changed, and resolved once it is
 * corrected.
 */
@Execution(ExecutionMode.CONCURRENT)
class AzureRefusalsTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    @Test
    void waitsForADatabaseThatAzureDoesNotHave() {
        Tenant tenant = PLATFORM.tenant("not-in-azure").allowOperator().registered();
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders");

        assertThat(binding.awaitFailure(ConditionType.DATABASE_RESOLVED, Reason.AZURE_RESOURCE_NOT_FOUND)
                        .getMessage())
                .contains(tenant.cluster().text(), "404 ResourceNotFound");

        tenant.withDatabase();
        binding.awaitReady();
    }

    @Test
    void waitsForADatabaseToRun() {
        Tenant tenant = PLATFORM.tenant("not-running")
                .allowOperator()
                .withDatabase(ProvisioningState.Failed)
                .registered();
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders");

        assertThat(binding.awaitFailure(ConditionType.DATABASE_RESOLVED, Reason.DATABASE_NOT_RUNNING)
                        .getMessage())
                .contains(tenant.database().text(), "must be `Running`");

        tenant.withDatabase(ProvisioningState.Succeeded);
        binding.awaitReady();
    }

    @Test
    void namesTheActionAndTheScopeThatItMayNotRead() {
        Tenant tenant = PLATFORM.tenant("no-role")
                .withDatabase(ProvisioningState.Succeeded)
                .registered();
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders");

        assertThat(binding.awaitFailure(ConditionType.DATABASE_RESOLVED, Reason.AZURE_FORBIDDEN)
                        .getMessage())
                .contains(
                        "`Microsoft.Cache/redisEnterprise/read`",
                        tenant.cluster().text(),
                        "Assign the operator's role");

        tenant.allowOperator();
        binding.awaitReady();
    }

    @Test
    void namesTheActionAndTheScopeThatItMayNotWrite() {
        Tenant tenant = PLATFORM.tenant("reader-only")
                .withDatabase(ProvisioningState.Succeeded)
                .allowOperator(RoleDefinition.READER)
                .registered();
        String objectId = tenant.workload("orders").objectId();
        BindingView binding = tenant.bind("cache", "orders");

        assertThat(binding.awaitFailure(ConditionType.ACCESS_GRANTED, Reason.AZURE_FORBIDDEN)
                        .getMessage())
                .contains(
                        "`Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write`",
                        tenant.database().text(),
                        "Assign the operator's role");

        tenant.allowOperator();
        binding.awaitReady();
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);
    }

    /** The emulator has no other policies, nor has Azure so far: the responses of its LIST are invented. */
    @Test
    void neverOverwritesAnAssignmentOfAnotherPolicy() {
        Tenant tenant = PLATFORM.tenant("other-policy").withDatabase();
        String objectId = tenant.workload("orders").objectId();
        int fault = PLATFORM.azure().faults().add(ListedAssignments.of(tenant, """
                {"value": [{"name": "by-hand", "properties": {"accessPolicyName": "reader",
                  "user": {"objectId": "%s"}, "provisioningState": "Succeeded"}}]}
                """.formatted(objectId)));
        tenant.registered();
        BindingView binding = tenant.bind("cache", "orders");

        assertThat(binding.awaitFailure(ConditionType.ACCESS_GRANTED, Reason.ASSIGNMENT_CONFLICT)
                        .getMessage())
                .contains("`by-hand`", "`access policy reader`", "would widen", "Delete the assignment");
        assertThat(tenant.armWrites()).isEmpty();

        PLATFORM.azure().faults().remove(fault);
        binding.awaitReady();
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);
    }

    /** The version of the API that shows access strings is read: it is a conflict, whatever its name is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverOverwritesACustomAccessString(boolean ownName) {
        Tenant tenant =
                PLATFORM.tenant(ownName ? "narrowed" : "narrowed-by-hand").withDatabase();
        String objectId = tenant.workload("orders").objectId();
        String name = ownName ? LocalPlatform.assignmentName(objectId) : "by-hand";
        tenant.assignedByOthers(name, objectId, Optional.of("+get ~orders:*"));
        tenant.registered();
        BindingView binding = tenant.bind("cache", "orders");

        assertThat(binding.awaitFailure(ConditionType.ACCESS_GRANTED, Reason.ASSIGNMENT_CONFLICT)
                        .getMessage())
                .contains("`" + name + "`", "`+get ~orders:*`", "would widen", "Delete the assignment");
        assertThat(tenant.armWrites()).isEmpty();
        assertThat(tenant.assignments().get(0).accessString()).contains("+get ~orders:*");

        tenant.unassignedByOthers(name);
        binding.awaitReady();
        assertThat(tenant.assignments()).singleElement().satisfies(granted -> {
            assertThat(granted.objectId()).isEqualTo(objectId);
            assertThat(granted.effectiveAccessString()).isEqualTo(Assignment.FULL_ACCESS);
        });
    }

    @Test
    void neverOverwritesAnAssignmentOfItsNameForAnotherPrincipal() {
        Tenant tenant = PLATFORM.tenant("name-taken").withDatabase();
        String objectId = tenant.workload("orders").objectId();
        String other = UUID.randomUUID().toString();
        String name = LocalPlatform.assignmentName(objectId);
        tenant.assignedByOthers(name, other, Optional.empty());
        tenant.registered();
        BindingView binding = tenant.bind("cache", "orders");

        assertThat(binding.awaitFailure(ConditionType.ACCESS_GRANTED, Reason.ASSIGNMENT_CONFLICT)
                        .getMessage())
                .contains("`" + name + "`", "another principal", "Delete it");
        assertThat(tenant.armWrites()).isEmpty();
        assertThat(tenant.grantedObjectIds()).containsExactly(other);

        tenant.unassignedByOthers(name);
        binding.awaitReady();
        assertThat(tenant.grantedObjectIds()).containsExactly(objectId);
    }
}
