package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that has just started, and bindings that another one left Ready. */
class RestartTest {

    private final PassFixture before = new PassFixture();
    private final PassFixture after = new PassFixture();
    private RedisAccessBinding binding;
    private RedisAccessBindingStatus ready;

    @BeforeEach
    void leaveOneReady() {
        ready = before.makeReady(before.bind("orders-cache")).status();
        binding = after.bind("orders-cache");
        binding.setStatus(ready);
        RedisDatabase registered = after.cluster.databases.get("orders-cache");
        registered.setStatus(new RedisDatabaseStatus(1L, ready.endpoint(), "NoCluster", "Disabled", null, List.of()));
    }

    @Test
    void changesNothingAndRequestsNothingBeforeAzureWasRead() {
        after.azure.read = false;
        assertThat(after.pass(binding).status()).isEqualTo(ready);
        assertThat(after.work).isEmpty();
    }

    /** The status of a RedisDatabase can be forged: it determines neither where a token is sent nor what a pod reads. */
    @Test
    void usesNoEndpointThatOnlyAStatusNames() {
        after.azure.read = false;
        RedisDatabase registered = after.cluster.databases.get("orders-cache");
        registered.setStatus(new RedisDatabaseStatus(
                1L, new Endpoint("elsewhere.example", 10000), "NoCluster", "Disabled", null, List.of()));
        after.pass(binding);
        after.now = after.now.plus(Duration.ofMinutes(20));
        after.pass(binding);
        assertThat(after.work).isEmpty();
        assertThat(after.published).isEmpty();
    }

    @Test
    void changesNothingAfterAzureWasRead() {
        after.azure.assignments.putAll(before.azure.assignments);
        PassResult report = after.pass(binding);
        assertThat(report.status()).isEqualTo(ready);
        assertThat(after.work).isEmpty();
    }

    @Test
    void verifiesAgainWithinOnePeriod() {
        after.azure.assignments.putAll(before.azure.assignments);
        assertThat(after.pass(binding).nextPass().at()).isBetween(after.now, after.now.plus(Duration.ofMinutes(15)));
    }

    @Test
    void detectsWhatWasRevokedMeanwhileAndConfirmsTheIdentityBeforeItGrants() {
        PassResult confirming = after.pass(binding);
        assertThat(after.azure.granted).isEmpty();
        assertThat(confirming.findings().get(ConditionType.ACCESS_GRANTED).reason())
                .isEqualTo(Reason.RESOLVING_IDENTITY);
        after.work();
        after.pass(binding);
        assertThat(after.azure.granted).containsExactly(PassFixture.ORDERS.objectId());
    }

    /** A status may be forged: what it names is granted nothing, and a failed exchange is not repeated at once. */
    @Test
    void grantsNothingToAnIdentityThatOnlyStatusNames() {
        after.entra = Result.failed(Problem.of(Reason.FEDERATION_SUBJECT_MISMATCH, "Entra refused."));
        for (int pass = 0; pass < 5; pass++) {
            after.pass(binding);
            after.work();
        }
        assertThat(after.azure.granted).isEmpty();
        assertThat(memory().identification().orElseThrow().attempts().failures())
                .isEqualTo(1);
    }

    /** It may be that of another principal, which only a forged status names. */
    @Test
    void confirmsTheIdentityBeforeItReportsAConflict() {
        before.azure.assignments.forEach((key, assignment) -> after.azure.assignments.put(
                key,
                new Assignment(
                        assignment.name(),
                        assignment.objectId(),
                        Access.restricted("+@read ~*"),
                        ProvisioningState.Succeeded,
                        Optional.empty())));

        assertThat(granted(after.pass(binding))).isEqualTo(Reason.RESOLVING_IDENTITY);
        assertThat(after.work).hasSize(1);
        after.work();
        assertThat(granted(after.pass(binding))).isEqualTo(Reason.ASSIGNMENT_CONFLICT);
        assertThat(after.azure.granted).isEmpty();
    }

    private static Reason granted(PassResult result) {
        return result.findings().get(ConditionType.ACCESS_GRANTED).reason();
    }

    @Test
    void countsAsReadBackUntilATokenIsExchanged() {
        after.pass(binding);
        assertThat(memory().identification().orElseThrow().exchanged()).isFalse();
    }

    @Test
    void exchangesATokenWhereTheIdentityMustBeConfirmed() {
        after.azure.assignments.putAll(before.azure.assignments);
        after.pass(binding);
        memory().requestConfirmation();

        PassResult confirming = after.pass(binding);
        assertThat(after.work).hasSize(1);
        assertThat(confirming.status()).isEqualTo(ready);

        after.work();
        assertThat(memory().identification().orElseThrow().exchanged()).isTrue();
        assertThat(after.pass(binding).status()).isEqualTo(ready);
        assertThat(after.work).isEmpty();
    }

    @Test
    void triesAFailedConfirmationAgainOnlyWhenItIsDue() {
        after.azure.assignments.putAll(before.azure.assignments);
        after.pass(binding);
        memory().requestConfirmation();
        after.entra = Result.failed(Problem.of(Reason.ENTRA_UNAVAILABLE, "Entra did not answer."));
        after.pass(binding);
        after.work();

        memory().requestConfirmation();
        assertThat(after.pass(binding).status()).isEqualTo(ready);
        assertThat(after.work).isEmpty();

        after.now = after.now.plusSeconds(3);
        after.pass(binding);
        assertThat(after.work).hasSize(1);
    }

    @Test
    void confirmsNothingThatThisProcessHasExchangedItself() {
        RedisAccessBinding own = before.cluster.bindings.get(new BindingKey("shop", "orders-cache"));
        before.memories.of(new BindingKey("shop", "orders-cache")).requestConfirmation();
        before.pass(own);
        assertThat(before.work).isEmpty();
    }

    @Test
    void countsWhatStatusSaysOfALoginAsVerified() {
        after.azure.assignments.putAll(before.azure.assignments);
        after.pass(binding);
        assertThat(memory().isVerified(PassFixture.ORDERS)).isTrue();
        assertThat(memory().isVerified(PassFixture.BILLING)).isFalse();
    }

    private BindingMemory memory() {
        return after.memories.of(new BindingKey("shop", "orders-cache"));
    }
}
