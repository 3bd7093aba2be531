package dev.redisaccess.operator.controller.pass;

import static dev.redisaccess.operator.controller.pass.PassFixture.MARK;
import static dev.redisaccess.operator.controller.pass.PassFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.Retention;
import dev.redisaccess.operator.api.VerificationMode;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationPassTest {

    private final PassFixture fixture = new PassFixture();
    private final RedisAccessBinding binding = fixture.bind("orders-cache");

    @Test
    void goesWhenAzureHasConfirmedAndNotBefore() {
        fixture.makeReady(binding);
        PassResult requested = fixture.revoke(binding);
        assertThat(requested.released()).isEmpty();
        assertThat(requested.findings().get(ConditionType.ACCESS_GRANTED).reason())
                .isEqualTo(Reason.REVOKING_ACCESS);
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));

        assertThat(fixture.revoke(binding).released()).isEmpty();
        assertThat(fixture.azure.revoked).hasSize(1);

        fixture.azure.remove(ORDERS.objectId());
        assertThat(fixture.revoke(binding).released()).isPresent();
    }

    /** Otherwise an edit before the deletion keeps the access. */
    @Test
    void revokesThoughTheSpecIsNotValid() {
        fixture.makeReady(binding);
        PassFixture.invalidate(binding);

        assertThat(fixture.revoke(binding).released()).isEmpty();

        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
    }

    @Test
    void leavesWhatIsRetainedWhereThePlatformAllowsIt() {
        RedisAccessBinding kept = fixture.bind("kept", VerificationMode.WORKLOAD, DeletionPolicy.RETAIN, null);
        fixture.cluster.bindings.remove(new BindingKey("shop", "orders-cache"));
        fixture.makeReady(kept);
        fixture.register("orders-cache", new AllowedNamespaces(List.of("shop"), null), Retention.ALLOWED);
        assertThat(fixture.revoke(kept).released()).isPresent();
        assertThat(fixture.azure.revoked).isEmpty();

        fixture.register("orders-cache", new AllowedNamespaces(List.of("shop"), null), Retention.FORBIDDEN);
        assertThat(fixture.revoke(kept).released()).isEmpty();
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
    }

    /** Otherwise a deletion within the grace period, or while Azure is down, keeps what the platform withdraws. */
    @Test
    void revokesWhatIsRetainedWhereTheNamespaceIsNoLongerAdmitted() {
        RedisAccessBinding kept = fixture.bind("kept", VerificationMode.WORKLOAD, DeletionPolicy.RETAIN, null);
        fixture.cluster.bindings.remove(new BindingKey("shop", "orders-cache"));
        fixture.makeReady(kept);
        fixture.register("orders-cache", new AllowedNamespaces(List.of(), null), Retention.ALLOWED);

        assertThat(fixture.revoke(kept).released()).isEmpty();

        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
    }

    /** A binding that gets another name: the new one is created a moment before the old one is deleted. */
    @Test
    void waitsUntilAnotherBindingOfTheServiceAccountIsIdentified() {
        fixture.makeReady(binding);
        RedisAccessBinding renamed = fixture.bind("renamed");

        assertThat(fixture.revoke(binding).released()).isEmpty();
        assertThat(fixture.azure.revoked).isEmpty();

        fixture.pass(renamed);
        fixture.work();
        assertThat(fixture.revoke(binding).released()).isPresent();
        assertThat(fixture.azure.revoked).isEmpty();
    }

    /** Whatever keeps the other one from being identified: a tenant must not keep access by it. */
    @Test
    void waitsAMinuteForTheOtherBinding() {
        fixture.makeReady(binding);
        RedisAccessBinding renamed = fixture.bind("renamed");
        fixture.entra = Result.failed(Problem.of(Reason.ENTRA_UNAVAILABLE, "no answer"));
        fixture.pass(renamed);
        fixture.work();
        assertThat(fixture.revoke(binding).released()).isEmpty();
        fixture.now = fixture.now.plusSeconds(59);
        fixture.bind("another");
        assertThat(fixture.revoke(binding).released()).isEmpty();
        assertThat(fixture.azure.revoked).isEmpty();

        fixture.now = fixture.now.plusSeconds(2);
        fixture.revoke(binding);
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
    }

    @Test
    void waitsForNoBindingThatIsRefused() {
        fixture.makeReady(binding);
        RedisAccessBinding renamed = fixture.bind("renamed");
        fixture.entra = Result.failed(Problem.of(Reason.FEDERATION_NOT_MATCHED, "AADSTS700213"));
        for (int i = 0; i < 5; i++) {
            fixture.pass(renamed);
            fixture.work();
            fixture.now = fixture.now.plus(Duration.ofMinutes(11));
        }

        fixture.revoke(binding);
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
    }

    @Test
    void waitsForNoBindingThatIsNotAdmitted() {
        fixture.makeReady(binding);
        fixture.bind("renamed");
        fixture.register("orders-cache", new AllowedNamespaces(List.of(), null));

        assertThat(fixture.revoke(binding).released()).isEmpty();
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
    }

    /** A restore from a backup, and then a deletion: only the assignment and the ServiceAccount show its principal. */
    @Test
    void findsByAnExchangeWhatALostStatusDoesNotName() {
        fixture.makeReady(binding);
        binding.setStatus(null);
        fixture.memories.drop(new BindingKey("shop", "orders-cache"));
        assertThat(fixture.revoke(binding).released()).isEmpty();
        fixture.work();
        assertThat(fixture.revoke(binding).released()).isEmpty();
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
        fixture.azure.remove(ORDERS.objectId());
        assertThat(fixture.revoke(binding).released()).isPresent();
    }

    /** The operator died after the PUT for another identity, before it wrote that to status. */
    @Test
    void findsByAnExchangeTheIdentityThatStatusDoesNotNameYet() {
        fixture.makeReady(binding);
        fixture.memories.drop(new BindingKey("shop", "orders-cache"));
        fixture.serviceAccount("orders", PassFixture.BILLING);
        fixture.entra = Result.ok(PassFixture.BILLING);
        fixture.azure.succeed(PassFixture.BILLING.objectId(), fixture.now);

        assertThat(fixture.revoke(binding).released()).isEmpty();
        fixture.azure.remove(ORDERS.objectId());
        assertThat(fixture.revoke(binding).released()).isEmpty();
        fixture.work();
        assertThat(fixture.revoke(binding).released()).isEmpty();

        assertThat(fixture.azure.revoked)
                .containsExactly(
                        MARK.assignmentName(ORDERS.objectId()), MARK.assignmentName(PassFixture.BILLING.objectId()));
        fixture.azure.remove(PassFixture.BILLING.objectId());
        assertThat(fixture.revoke(binding).released()).isPresent();
    }

    /** Entra did not answer: the access of an identity that status does not name must not be forgotten for that. */
    @Test
    void triesAgainWhereTheExchangeOfALostStatusFails() {
        fixture.makeReady(binding);
        binding.setStatus(null);
        fixture.memories.drop(new BindingKey("shop", "orders-cache"));
        fixture.entra = Result.failed(Problem.of(Reason.ENTRA_UNAVAILABLE, "no answer"));
        for (int time = 1; time <= 6; time++) {
            PassResult waiting = fixture.revoke(binding);
            assertThat(waiting.released()).isEmpty();
            assertThat(waiting.nextPass()).isNotEqualTo(NextPass.NEVER);
            fixture.work();
            fixture.now = fixture.now.plus(Duration.ofMinutes(11));
        }
        assertThat(fixture.exchanges).isGreaterThan(4);

        fixture.entra = Result.ok(ORDERS);
        fixture.revoke(binding);
        fixture.work();
        assertThat(fixture.revoke(binding).released()).isEmpty();
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
    }

    /** Its federation is gone: four refusals, and the finalizer goes, with a log line that names the leftover. */
    @Test
    void goesAfterSeveralRefusals() {
        fixture.makeReady(binding);
        binding.setStatus(null);
        fixture.memories.drop(new BindingKey("shop", "orders-cache"));
        fixture.entra = Result.failed(Problem.of(Reason.FEDERATION_NOT_MATCHED, "refused"));
        int before = fixture.exchanges;
        int passes = 0;
        Optional<String> released = Optional.empty();
        while (released.isEmpty() && passes++ < 10) {
            released = fixture.revoke(binding).released();
            fixture.work();
            fixture.now = fixture.now.plus(Duration.ofMinutes(11));
        }
        assertThat(released).hasValueSatisfying(why -> assertThat(why).contains("leftover"));
        // The last one is requested by the pass that does not wait for it any more.
        assertThat(fixture.exchanges - before).isEqualTo(5);
    }

    /** A failed exchange shows nothing, whenever it was made. */
    @Test
    void aFailedExchangeBeforeTheDeletionEndsNoSearch() {
        fixture.makeReady(binding);
        fixture.memories.drop(new BindingKey("shop", "orders-cache"));
        fixture.serviceAccount("orders", PassFixture.BILLING);
        fixture.azure.succeed(PassFixture.BILLING.objectId(), fixture.now);
        fixture.entra = Result.failed(Problem.of(Reason.ENTRA_UNAVAILABLE, "no answer"));
        fixture.pass(binding);
        fixture.work();

        assertThat(fixture.revoke(binding).released()).isEmpty();
        fixture.azure.remove(ORDERS.objectId());
        assertThat(fixture.revoke(binding).released()).isEmpty();
        fixture.entra = Result.ok(PassFixture.BILLING);
        fixture.now = fixture.now.plus(Duration.ofMinutes(11));
        fixture.revoke(binding);
        fixture.work();
        assertThat(fixture.revoke(binding).released()).isEmpty();

        assertThat(fixture.azure.revoked)
                .containsExactly(
                        MARK.assignmentName(ORDERS.objectId()), MARK.assignmentName(PassFixture.BILLING.objectId()));
    }

    /** It may have access all the same: Azure is read before it goes. */
    @Test
    void waitsForTheFirstReadingWhereStatusNamesNoPrincipal() {
        fixture.makeReady(binding);
        binding.setStatus(null);
        fixture.memories.drop(new BindingKey("shop", "orders-cache"));
        fixture.azure.read = false;
        PassResult result = fixture.revoke(binding);
        assertThat(result.released()).isEmpty();
        assertThat(result.findings().get(ConditionType.ACCESS_GRANTED).reason()).isEqualTo(Reason.READING_DATABASE);
        assertThat(result.nextPass()).isNotEqualTo(NextPass.NEVER);

        fixture.azure.read = true;
        assertThat(fixture.revoke(binding).released()).isEmpty();
        fixture.work();
        fixture.revoke(binding);
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
    }

    /** Nothing is granted on a database that the operator may not read, and no binding waits for a role that may never come. */
    @Test
    void goesWhereTheDatabaseMayNotBeReadAndStatusNamesNoPrincipal() {
        fixture.azure.database = Optional.empty();
        fixture.azure.problem = Optional.of(Problem.of(Reason.AZURE_FORBIDDEN, "403"));
        assertThat(fixture.revoke(binding).released()).isPresent();

        fixture.azure.problem = Optional.of(Problem.of(Reason.AZURE_UNAVAILABLE, "503"));
        assertThat(fixture.revoke(binding).released()).isEmpty();
    }

    @Test
    void requestsNothingOfEntraWhereTheDatabaseHasNoAssignmentOfOurs() {
        fixture.azure.adoptable(ORDERS.objectId());
        assertThat(fixture.revoke(binding).released()).isPresent();
        assertThat(fixture.work).isEmpty();
    }

    @Test
    void goesWhereTheIdentityIsNoLongerFound() {
        fixture.makeReady(binding);
        binding.setStatus(null);
        fixture.memories.drop(new BindingKey("shop", "orders-cache"));
        fixture.cluster.serviceAccounts.clear();
        assertThat(fixture.revoke(binding).released())
                .hasValueSatisfying(why -> assertThat(why).contains("leftover"));
    }

    /** A forged status names what others created: it has the mark, and its own binding needs it. */
    @Test
    void doesNotTakeAccessFromAnotherBindingForWhatAStatusNames() {
        fixture.makeReady(binding);
        RedisAccessBinding forged = fixture.bind("forged");
        forged.setStatus(binding.getStatus());
        assertThat(fixture.revoke(forged).released()).isPresent();
        assertThat(fixture.azure.revoked).isEmpty();
    }

    /** A forged status claims to need what another binding leaves: an exchange shows that it does not. */
    @Test
    void isNotHeldUpByAStatusThatClaimsTheSameIdentity() {
        fixture.makeReady(binding);
        RedisAccessBinding forged = fixture.bind("forged");
        fixture.serviceAccount("billing", PassFixture.BILLING);
        forged.setSpec(new RedisAccessBindingSpec(
                forged.getSpec().databaseRef(), "billing", null, null, null, null, DeletionPolicy.DELETE, null));
        forged.setStatus(binding.getStatus());
        PassResult waiting = fixture.revoke(binding);
        assertThat(waiting.released()).isEmpty();
        assertThat(waiting.findings().get(ConditionType.ACCESS_GRANTED).reason())
                .isEqualTo(Reason.RESOLVING_IDENTITY);
        assertThat(waiting.nextPass()).isNotEqualTo(NextPass.NEVER);
        assertThat(fixture.woken).contains(new BindingKey("shop", "forged"));

        fixture.entra = Result.ok(PassFixture.BILLING);
        fixture.pass(forged);
        fixture.work();
        assertThat(fixture.revoke(binding).released()).isEmpty();
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
    }

    @Test
    void isNotHeldUpByAStatusInANamespaceThatTheDatabaseDoesNotAdmit() {
        fixture.makeReady(binding);
        RedisAccessBinding forged = fixture.bind("forged");
        forged.setStatus(binding.getStatus());
        forged.getMetadata().setNamespace("other");
        assertThat(fixture.revoke(binding)
                        .findings()
                        .get(ConditionType.ACCESS_GRANTED)
                        .reason())
                .isEqualTo(Reason.REVOKING_ACCESS);
        assertThat(fixture.azure.revoked).hasSize(1);
    }

    @Test
    void leavesWhatItAdopted() {
        fixture.azure.adoptable(ORDERS.objectId());
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
    void reportsThatTheRegistrationIsGone() {
        fixture.makeReady(binding);
        fixture.cluster.databases.clear();
        PassResult result = fixture.revoke(binding);
        assertThat(result.released()).isEmpty();
        assertThat(result.findings().get(ConditionType.ACCESS_GRANTED).message())
                .contains("Register it again", "finalizer");
    }

    @Test
    void goesAtOnceWhereNothingWasEverGranted() {
        fixture.cluster.databases.clear();
        fixture.pass(binding);
        assertThat(fixture.revoke(binding).released()).isPresent();
    }
}
