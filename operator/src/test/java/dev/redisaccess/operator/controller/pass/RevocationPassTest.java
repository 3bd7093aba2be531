package dev.redisaccess.operator.controller.pass;

import static dev.redisaccess.operator.controller.pass.PassFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.VerificationMode;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationPassTest {

    private final PassFixture fixture = new PassFixture();
    private final RedisAccessBinding binding = fixture.bind("orders-cache");

    @Test
    void goesWhenAzureHasConfirmedAndNotBefore() {
        fixture.makeReady(binding);
        RevocationPass.Result asked = fixture.revoke(binding);
        assertThat(asked.released()).isEmpty();
        assertThat(asked.report().outcomes().get(ConditionType.ACCESS_GRANTED).reason())
                .isEqualTo(Reason.REVOKING_ACCESS);
        assertThat(fixture.azure.revoked).containsExactly(ORDERS.objectId().value());

        assertThat(fixture.revoke(binding).released()).isEmpty();
        assertThat(fixture.azure.revoked).hasSize(1);

        fixture.azure.remove(ORDERS.objectId());
        assertThat(fixture.revoke(binding).released()).isPresent();
    }

    @Test
    void leavesWhatIsRetained() {
        RedisAccessBinding kept = fixture.bind("kept", VerificationMode.WORKLOAD, DeletionPolicy.RETAIN, null);
        fixture.makeReady(kept);
        assertThat(fixture.revoke(kept).released()).isPresent();
        assertThat(fixture.azure.revoked).isEmpty();
    }

    @Test
    void leavesWhatItAdopted() {
        fixture.azure.assignments.put(
                ORDERS.objectId(),
                FakeAzure.assignment(ORDERS.objectId(), ProvisioningState.Succeeded, Optional.empty()));
        fixture.makeReady(binding);
        assertThat(fixture.revoke(binding).released()).isPresent();
        assertThat(fixture.azure.revoked).isEmpty();
    }

    @Test
    void leavesWhatAnotherBindingSharesAndRevokesWithTheLast() {
        RedisAccessBinding second = fixture.bind("orders-sessions");
        fixture.makeReady(binding);
        fixture.makeReady(second);
        assertThat(fixture.revoke(binding).released()).isPresent();
        fixture.cluster.bindings.remove(new BindingKey("shop", "orders-cache"));
        fixture.memories.drop(new BindingKey("shop", "orders-cache"));

        assertThat(fixture.revoke(second).released()).isEmpty();
        assertThat(fixture.azure.revoked).hasSize(1);
    }

    @Test
    void revokesOnceWhenBothThatShareAreDeletedTogether() {
        RedisAccessBinding second = fixture.bind("orders-sessions");
        fixture.makeReady(binding);
        fixture.makeReady(second);
        binding.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        second.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        fixture.revoke(binding);
        fixture.revoke(second);
        assertThat(fixture.azure.revoked).hasSize(1);
    }

    @Test
    void saysSoWhenTheRegistrationIsGone() {
        fixture.makeReady(binding);
        fixture.cluster.databases.clear();
        RevocationPass.Result result = fixture.revoke(binding);
        assertThat(result.released()).isEmpty();
        assertThat(result.report().outcomes().get(ConditionType.ACCESS_GRANTED).message())
                .contains("Register it again", "deletionPolicy");
    }

    @Test
    void goesAtOnceWhereNothingWasEverGranted() {
        fixture.cluster.databases.clear();
        fixture.pass(binding);
        assertThat(fixture.revoke(binding).released()).isPresent();
    }
}
