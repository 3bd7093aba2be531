package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.Retention;
import dev.redisaccess.operator.api.VerificationMode;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A namespace that was admitted, and is no longer. */
class EndedAdmissionTest {

    private static final ObjectId ORDERS = PassFixture.ORDERS.objectId();

    private final PassFixture fixture = new PassFixture();

    @Test
    void revokesAfterSomeMinutesAndReportsItBefore() {
        RedisAccessBinding binding = ready(DeletionPolicy.DELETE);
        admit();
        PassResult first = fixture.pass(binding);
        Finding resolved = first.findings().get(ConditionType.DATABASE_RESOLVED);
        assertThat(resolved.reason()).isEqualTo(Reason.NAMESPACE_NOT_ALLOWED);
        assertThat(resolved.message()).contains("revoked after 5 minutes");
        assertThat(first.nextPass().at()).isEqualTo(fixture.now.plus(NamespaceRevocation.GRACE));
        assertThat(fixture.azure.revoked).isEmpty();

        fixture.now = fixture.now.plus(NamespaceRevocation.GRACE);
        PassResult due = fixture.pass(binding);
        assertThat(fixture.azure.revoked).containsExactly(PassFixture.MARK.assignmentName(ORDERS));
        assertThat(due.findings().get(ConditionType.ACCESS_GRANTED).reason()).isEqualTo(Reason.REVOKING_ACCESS);
        assertThat(due.findings().get(ConditionType.READY).reason()).isEqualTo(Reason.NAMESPACE_NOT_ALLOWED);

        fixture.azure.remove(ORDERS);
        fixture.pass(binding);
        assertThat(binding.getStatus().assignment()).isNull();
        assertThat(fixture.azure.revoked).hasSize(1);
    }

    /** A node whose clock is corrected has not waited. */
    @Test
    void theGracePeriodDoesNotEndBecauseTheClockIsSet() {
        RedisAccessBinding binding = ready(DeletionPolicy.DELETE);
        admit();
        fixture.pass(binding);
        fixture.clockSet = Duration.ofDays(1);

        PassResult result = fixture.pass(binding);

        assertThat(fixture.azure.revoked).isEmpty();
        assertThat(result.nextPass().at())
                .as("by the clock of the schedule")
                .isEqualTo(fixture.now.plus(fixture.clockSet).plus(NamespaceRevocation.GRACE));
    }

    @Test
    void revokesThoughTheSpecIsNotValid() {
        RedisAccessBinding binding = ready(DeletionPolicy.DELETE);
        PassFixture.invalidate(binding);
        admit();
        fixture.pass(binding);
        fixture.now = fixture.now.plus(NamespaceRevocation.GRACE);

        PassResult due = fixture.pass(binding);

        assertThat(fixture.azure.revoked).containsExactly(PassFixture.MARK.assignmentName(ORDERS));
        assertThat(due.findings().get(ConditionType.DATABASE_RESOLVED).reason()).isEqualTo(Reason.INVALID_SPEC);
    }

    /** A 404 may be wrong, and what status no longer names could never be revoked. */
    @Test
    void forgetsNothingWhileAzureDoesNotFindTheDatabase() {
        RedisAccessBinding binding = ready(DeletionPolicy.DELETE);
        admit();
        fixture.pass(binding);
        fixture.now = fixture.now.plus(NamespaceRevocation.GRACE);
        fixture.azure.problem = Optional.of(Problem.of(Reason.AZURE_RESOURCE_NOT_FOUND, "not there"));
        fixture.pass(binding);
        assertThat(binding.getStatus().assignment()).isNotNull();
        assertThat(fixture.azure.revoked).isEmpty();

        fixture.azure.problem = Optional.empty();
        fixture.pass(binding);
        assertThat(fixture.azure.revoked).containsExactly(PassFixture.MARK.assignmentName(ORDERS));
    }

    @Test
    void leavesEverythingWhenTheNamespaceIsAdmittedAgainInTime() {
        RedisAccessBinding binding = ready(DeletionPolicy.DELETE);
        admit();
        fixture.pass(binding);
        fixture.now = fixture.now.plus(NamespaceRevocation.GRACE).minusSeconds(1);
        admit("shop");
        PassResult again = fixture.pass(binding);
        assertThat(again.findings().get(ConditionType.READY).holds()).isTrue();

        fixture.now = fixture.now.plusSeconds(2);
        admit();
        fixture.pass(binding);
        assertThat(fixture.azure.revoked).isEmpty();
    }

    @Test
    void grantsAgainWhenTheNamespaceIsAdmittedAgainLater() {
        RedisAccessBinding binding = ready(DeletionPolicy.DELETE);
        admit();
        fixture.pass(binding);
        fixture.now = fixture.now.plus(NamespaceRevocation.GRACE);
        fixture.pass(binding);
        fixture.azure.remove(ORDERS);
        fixture.pass(binding);

        admit("shop");
        fixture.makeReady(binding);
        assertThat(fixture.azure.granted).hasSize(2);
        assertThat(binding.getStatus().assignment().origin()).isEqualTo(AssignmentOrigin.CREATED);
    }

    /** The platform revokes it: the binding's deletion policy does not count, nor does its status. */
    @Test
    void countsAlsoWhereTheBindingRetainsOrItsStatusDeniesIt() {
        fixture.register("orders-cache", new AllowedNamespaces(List.of("shop"), null), Retention.ALLOWED);
        RedisAccessBinding binding = ready(DeletionPolicy.RETAIN);
        RedisAccessBindingStatus honest = binding.getStatus();
        fixture.register("orders-cache", new AllowedNamespaces(List.of(), null), Retention.ALLOWED);
        fixture.pass(binding);
        binding.setStatus(new RedisAccessBindingStatus(
                honest.observedGeneration(),
                honest.conditions(),
                honest.endpoint(),
                honest.identity(),
                new AssignmentStatus("by-hand", AssignmentOrigin.ADOPTED, "Succeeded", null),
                null,
                null,
                null));
        fixture.now = fixture.now.plus(NamespaceRevocation.GRACE);
        fixture.pass(binding);
        assertThat(fixture.azure.revoked).containsExactly(PassFixture.MARK.assignmentName(ORDERS));
    }

    @Test
    void leavesWhatIsAdopted() {
        fixture.azure.adoptable(ORDERS);
        RedisAccessBinding binding = ready(DeletionPolicy.DELETE);
        admit();
        fixture.pass(binding);
        fixture.now = fixture.now.plus(NamespaceRevocation.GRACE);
        fixture.pass(binding);
        assertThat(fixture.azure.revoked).isEmpty();
        assertThat(binding.getStatus().assignment()).isNotNull();
    }

    /** A restart loses the time since when: access is then revoked later, never sooner. */
    @Test
    void beginsAgainAfterARestart() {
        RedisAccessBinding binding = ready(DeletionPolicy.DELETE);
        admit();
        fixture.pass(binding);
        fixture.now = fixture.now.plus(NamespaceRevocation.GRACE);
        fixture.memories.drop(new BindingKey("shop", "cache"));
        fixture.pass(binding);
        assertThat(fixture.azure.revoked).isEmpty();
    }

    private RedisAccessBinding ready(DeletionPolicy policy) {
        RedisAccessBinding binding = fixture.bind("cache", VerificationMode.WORKLOAD, policy, null);
        fixture.makeReady(binding);
        return binding;
    }

    private void admit(String... namespaces) {
        fixture.register("orders-cache", new AllowedNamespaces(List.of(namespaces), null));
    }
}
