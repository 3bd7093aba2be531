package dev.redisaccess.operator.controller.pass;

import static dev.redisaccess.operator.controller.pass.PassFixture.BILLING;
import static dev.redisaccess.operator.controller.pass.PassFixture.MARK;
import static dev.redisaccess.operator.controller.pass.PassFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.Retention;
import dev.redisaccess.operator.api.VerificationMode;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BindingPassTest {

    /** Published by a process that died before the write of status; then the name was changed. */
    @Test
    void deletesAPublishedObjectThatStatusDoesNotName() {
        RedisAccessBinding binding = fixture.bind("stray");
        fixture.strays.add("orders-env");
        fixture.makeReady(binding);
        assertThat(fixture.removed).containsExactly("orders-env");
    }

    private final PassFixture fixture = new PassFixture();
    private final RedisAccessBinding binding = fixture.bind("orders-cache");

    @Test
    void grantsVerifiesAndPublishesInThisOrder() {
        assertThat(reason(fixture.pass(binding), ConditionType.IDENTITY_RESOLVED))
                .isEqualTo(Reason.RESOLVING_IDENTITY);
        assertThat(fixture.azure.granted).isEmpty();

        fixture.work();
        PassResult granting = fixture.pass(binding);
        assertThat(reason(granting, ConditionType.ACCESS_GRANTED)).isEqualTo(Reason.GRANTING_ACCESS);
        assertThat(fixture.azure.granted).containsExactly(ORDERS.objectId());
        assertThat(fixture.published).isEmpty();

        fixture.azure.succeed(ORDERS.objectId(), fixture.now);
        assertThat(reason(fixture.pass(binding), ConditionType.CONNECTION_VERIFIED))
                .isEqualTo(Reason.VERIFYING);
        assertThat(fixture.published).isEmpty();

        fixture.work();
        assertThat(ready(fixture.pass(binding))).isTrue();
        assertThat(fixture.published).hasSize(1);
        assertThat(fixture.published.get(0).variables()).containsEntry("REDIS_HOSTNAME", "orders.example");
        assertThat(fixture.woken).hasSize(2);
    }

    /** The assignment's name shows that the operator created it, so no write to Kubernetes has to precede the request. */
    @Test
    void requestsAGrantInThePassThatPlansIt() {
        fixture.pass(binding);
        fixture.work();
        PassResult report = fixture.pass(binding);
        assertThat(fixture.azure.granted).containsExactly(ORDERS.objectId());
        assertThat(report.status().assignment().name()).isEqualTo(MARK.assignmentName(ORDERS.objectId()));
    }

    @Test
    void reportsInStatusWhatWasGrantedAndVerified() {
        RedisAccessBindingStatus status = fixture.makeReady(binding).status();
        assertThat(status.endpoint()).hasToString("orders.example:10000");
        assertThat(status.assignment().provisioningState()).isEqualTo("Succeeded");
        assertThat(status.verification().user()).isEqualTo(ORDERS.objectId().value());
        assertThat(status.verification().redisVersion()).isEqualTo("7.4.0");
        assertThat(status.verification().latencyMillis().connect()).isEqualTo(12);
        assertThat(status.environment().configMapName()).isEqualTo("orders-cache");
        assertThat(status.observedGeneration()).isEqualTo(1);
    }

    @Test
    void changesNothingAtRest() {
        RedisAccessBindingStatus before = fixture.makeReady(binding).status();
        fixture.now = fixture.now.plusSeconds(60);
        PassResult report = fixture.pass(binding);
        assertThat(report.status()).isEqualTo(before);
        assertThat(fixture.work).isEmpty();
        assertThat(report.nextPass().at()).isEqualTo(fixture.now.plusSeconds(840));
    }

    @Test
    void keepsLatenciesOutOfStatusOnceItIsReady() {
        RedisAccessBindingStatus before = fixture.makeReady(binding).status();
        fixture.now = fixture.now.plus(Duration.ofMinutes(15));
        fixture.pass(binding);
        assertThat(fixture.work).hasSize(1);
        fixture.work();
        assertThat(fixture.pass(binding).status()).isEqualTo(before);
    }

    @Test
    void holdsAfterOneFailedVerificationAndNotAfterTwo() {
        RedisAccessBindingStatus before = fixture.makeReady(binding).status();
        fixture.redis = Result.failed(Problem.of(Reason.CONNECT_TIMEOUT, "no answer"));
        fixture.now = fixture.now.plus(Duration.ofMinutes(15));
        fixture.pass(binding);
        fixture.work();
        PassResult once = fixture.pass(binding);
        assertThat(once.status()).isEqualTo(before);
        assertThat(once.nextPass().at()).isEqualTo(fixture.now.plusSeconds(3));

        fixture.now = fixture.now.plusSeconds(3);
        fixture.pass(binding);
        fixture.work();
        PassResult twice = fixture.pass(binding);
        assertThat(reason(twice, ConditionType.READY)).isEqualTo(Reason.CONNECT_TIMEOUT);
        assertThat(twice.status().verification()).isNull();
        assertThat(twice.status().environment()).isEqualTo(before.environment());
    }

    @Test
    void recoversAutomatically() {
        fixture.entra = Result.failed(Problem.of(Reason.FEDERATION_SUBJECT_MISMATCH, "AADSTS700213"));
        fixture.pass(binding);
        fixture.work();
        PassResult broken = fixture.pass(binding);
        assertThat(reason(broken, ConditionType.READY)).isEqualTo(Reason.FEDERATION_SUBJECT_MISMATCH);
        assertThat(reason(broken, ConditionType.ACCESS_GRANTED)).isEqualTo(Reason.NOT_ATTEMPTED);

        fixture.entra = Result.ok(ORDERS);
        fixture.now = broken.nextPass().at();
        assertThat(ready(fixture.makeReady(binding))).isTrue();
    }

    @Test
    void startsNothingTwiceAtOnce() {
        fixture.pass(binding);
        fixture.pass(binding);
        assertThat(fixture.work).hasSize(1);
    }

    @Test
    void explainsARefusedLogin() {
        fixture.redis = Result.failed(Problem.of(Reason.NOT_AUTHORIZED, "WRONGPASS"));
        PassResult report = fixture.makeReady(binding);
        assertThat(reason(report, ConditionType.CONNECTION_VERIFIED)).isEqualTo(Reason.POLICY_PROPAGATING);
        assertThat(fixture.published).isEmpty();
    }

    @Test
    void adoptsAnExistingAssignmentAndRequestsNothingOfAzure() {
        fixture.azure.adoptable(ORDERS.objectId());
        PassResult report = fixture.makeReady(binding);
        assertThat(report.status().assignment().origin()).isEqualTo(AssignmentOrigin.ADOPTED);
        assertThat(fixture.azure.granted).isEmpty();
    }

    @Test
    void ownsWhatWasCreatedForAnotherBindingOfTheSameIdentity() {
        fixture.makeReady(binding);
        RedisAccessBinding second = fixture.bind("orders-sessions");
        fixture.pass(second);
        fixture.work();
        assertThat(fixture.pass(second).status().assignment().origin()).isEqualTo(AssignmentOrigin.CREATED);
        assertThat(fixture.azure.granted).hasSize(1);
    }

    @Test
    void publishesTheNewIdentityOnlyOnceItCanLogIn() {
        fixture.makeReady(binding);
        fixture.serviceAccount("orders", BILLING);
        fixture.entra = Result.ok(BILLING);
        fixture.pass(binding);
        fixture.work();
        fixture.pass(binding);
        fixture.azure.remove(ORDERS.objectId());
        fixture.pass(binding);
        fixture.azure.succeed(BILLING.objectId(), fixture.now);
        fixture.redis = Result.failed(Problem.of(Reason.NOT_AUTHORIZED, "WRONGPASS"));
        fixture.pass(binding);
        fixture.work();
        PassResult refused = fixture.pass(binding);
        assertThat(fixture.published).hasSize(1);
        assertThat(reason(refused, ConditionType.ENVIRONMENT_PUBLISHED)).isEqualTo(Reason.NOT_ATTEMPTED);

        fixture.redis = Result.ok(PassFixture.login(BILLING));
        fixture.now = refused.nextPass().at();
        fixture.pass(binding);
        fixture.work();
        assertThat(ready(fixture.pass(binding))).isTrue();
        assertThat(fixture.published.get(1).variables())
                .containsEntry("REDIS_USERNAME", BILLING.objectId().value());
    }

    @Test
    void saysWhereRetainHasNoEffect() {
        RedisAccessBinding retained = fixture.bind("kept", VerificationMode.WORKLOAD, DeletionPolicy.RETAIN, null);
        String message = fixture.makeReady(retained)
                .findings()
                .get(ConditionType.ACCESS_GRANTED)
                .message();
        assertThat(message).contains("`spec.deletionPolicy`", "no effect", "`spec.retention`", "`orders-cache`");
        fixture.register("orders-cache", new AllowedNamespaces(List.of("shop"), null), Retention.ALLOWED);
        assertThat(fixture.pass(retained)
                        .findings()
                        .get(ConditionType.ACCESS_GRANTED)
                        .message())
                .doesNotContain("no effect");
    }

    @Test
    void grantsAgainWhatWasDeletedInAzure() {
        fixture.makeReady(binding);
        fixture.azure.remove(ORDERS.objectId());
        assertThat(reason(fixture.pass(binding), ConditionType.READY)).isEqualTo(Reason.GRANTING_ACCESS);
        assertThat(fixture.azure.granted).hasSize(2);
    }

    @Test
    void verifiesAgainOnceADeletedAssignmentIsGrantedAgain() {
        fixture.makeReady(binding);
        fixture.azure.remove(ORDERS.objectId());
        fixture.pass(binding);
        fixture.azure.succeed(ORDERS.objectId(), fixture.now);
        fixture.redis = Result.failed(Problem.of(Reason.POLICY_PROPAGATING, "WRONGPASS"));
        PassResult granted = fixture.pass(binding);
        assertThat(ready(granted)).isFalse();
        assertThat(reason(granted, ConditionType.CONNECTION_VERIFIED)).isEqualTo(Reason.VERIFYING);
        fixture.work();
        assertThat(reason(fixture.pass(binding), ConditionType.READY)).isEqualTo(Reason.POLICY_PROPAGATING);
    }

    @Test
    void revokesTheFormerIdentityBeforeItGrantsToTheNewOne() {
        fixture.makeReady(binding);
        fixture.serviceAccount("orders", BILLING);
        fixture.entra = Result.ok(BILLING);
        fixture.pass(binding);
        fixture.work();
        PassResult leaving = fixture.pass(binding);
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
        assertThat(leaving.status().identity().objectId())
                .isEqualTo(ORDERS.objectId().value());
        assertThat(fixture.azure.granted).hasSize(1);

        fixture.azure.remove(ORDERS.objectId());
        PassResult granting = fixture.pass(binding);
        assertThat(fixture.azure.granted).containsExactly(ORDERS.objectId(), BILLING.objectId());
        assertThat(granting.status().identity().objectId())
                .isEqualTo(BILLING.objectId().value());
    }

    /** Status is forged or lost while the operator runs: the access that it granted is revoked all the same. */
    @Test
    void revokesTheFormerIdentityWhateverHasBecomeOfStatus() {
        fixture.makeReady(binding);
        binding.setStatus(null);
        fixture.serviceAccount("orders", BILLING);
        fixture.entra = Result.ok(BILLING);
        fixture.pass(binding);
        fixture.work();
        fixture.pass(binding);
        assertThat(fixture.azure.revoked).containsExactly(MARK.assignmentName(ORDERS.objectId()));
        assertThat(fixture.azure.granted).hasSize(1);
        assertThat(fixture.peers.principals(binding))
                .as("a change of either queues it")
                .contains(ORDERS.objectId(), BILLING.objectId());

        fixture.azure.remove(ORDERS.objectId());
        fixture.pass(binding);
        assertThat(fixture.azure.granted).containsExactly(ORDERS.objectId(), BILLING.objectId());
        assertThat(fixture.peers.principals(binding)).doesNotContain(ORDERS.objectId());
    }

    @Test
    void isReadyWithoutAVerificationWhereItIsDisabled() {
        RedisAccessBinding unverified =
                fixture.bind("unverified", VerificationMode.DISABLED, DeletionPolicy.DELETE, null);
        PassResult report = fixture.makeReady(unverified);
        assertThat(ready(report)).isTrue();
        assertThat(reason(report, ConditionType.CONNECTION_VERIFIED)).isEqualTo(Reason.VERIFICATION_DISABLED);
        assertThat(report.status().verification()).isNull();
    }

    @Test
    void publishesUnderTheNewNameBeforeItDeletesTheFormerOne() {
        fixture.makeReady(binding);
        RedisAccessBinding renamed =
                fixture.bind("orders-cache", VerificationMode.WORKLOAD, DeletionPolicy.DELETE, "cache-env");
        renamed.setStatus(binding.getStatus());
        PassResult report = fixture.pass(renamed);
        assertThat(report.status().environment().configMapName()).isEqualTo("cache-env");
        assertThat(fixture.published.get(fixture.published.size() - 1).configMapName())
                .isEqualTo("cache-env");
        assertThat(fixture.removed).containsExactly("orders-cache");
    }

    @Test
    void refusesANamespaceThatIsNotAdmitted() {
        fixture.register("orders-cache", new AllowedNamespaces(List.of("other"), null));
        PassResult report = fixture.pass(binding);
        assertThat(reason(report, ConditionType.READY)).isEqualTo(Reason.NAMESPACE_NOT_ALLOWED);
        assertThat(fixture.work).isEmpty();
    }

    @Test
    void staysReadyWhileAzureIsNotAvailable() {
        RedisAccessBindingStatus before = fixture.makeReady(binding).status();
        fixture.azure.problem = Optional.of(Problem.of(Reason.AZURE_UNAVAILABLE, "503"));
        assertThat(fixture.pass(binding).status()).isEqualTo(before);
    }

    @Test
    void isNotReadyOnceAzureSaysThatTheDatabaseIsGone() {
        fixture.makeReady(binding);
        fixture.azure.problem = Optional.of(Problem.of(Reason.AZURE_RESOURCE_NOT_FOUND, "404"));
        assertThat(reason(fixture.pass(binding), ConditionType.READY)).isEqualTo(Reason.AZURE_RESOURCE_NOT_FOUND);
    }

    private static Reason reason(PassResult report, ConditionType type) {
        return report.findings().get(type).reason();
    }

    private static boolean ready(PassResult report) {
        return report.findings().get(ConditionType.READY).holds();
    }
}
