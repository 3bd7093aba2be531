package dev.redisaccess.operator.controller.pass;

import static dev.redisaccess.operator.controller.pass.PassFixture.BILLING;
import static dev.redisaccess.operator.controller.pass.PassFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.EnvironmentSpec;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.binding.Outcome;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A binding that names its identity, and a ServiceAccount whose annotation names another. */
class IdentityMismatchTest {

    private final PassFixture fixture = new PassFixture();
    private final RedisAccessBinding binding = fixture.bind("orders-cache");

    @Test
    void publishesNothingWhileThePodWouldLogInAsAnother() {
        name(ORDERS.clientId().value(), null);
        fixture.serviceAccount("orders", BILLING);

        Report report = fixture.makeReady(binding);

        assertThat(report.outcomes().get(ConditionType.CONNECTION_VERIFIED).holds())
                .isTrue();
        Outcome published = report.outcomes().get(ConditionType.ENVIRONMENT_PUBLISHED);
        assertThat(published.status()).isEqualTo(Outcome.Status.FALSE);
        assertThat(published.reason()).isEqualTo(Reason.IDENTITY_MISMATCH);
        assertThat(published.message())
                .contains(ORDERS.clientId().value(), BILLING.clientId().value(), "`spec.environment.prefix`");
        assertThat(report.outcomes().get(ConditionType.READY).reason()).isEqualTo(Reason.IDENTITY_MISMATCH);
        assertThat(fixture.published).isEmpty();
    }

    @Test
    void goesOnWhenTheAnnotationIsCorrected() {
        name(ORDERS.clientId().value(), null);
        fixture.serviceAccount("orders", BILLING);
        fixture.makeReady(binding);

        fixture.serviceAccount("orders", ORDERS);

        assertThat(fixture.pass(binding).outcomes().get(ConditionType.READY).holds())
                .isTrue();
        assertThat(fixture.published).hasSize(1);
    }

    @Test
    void leavesWhatIsPublishedWhenTheyPartLater() {
        name(ORDERS.clientId().value(), null);
        fixture.makeReady(binding);

        fixture.serviceAccount("orders", BILLING);
        Report report = fixture.pass(binding);

        assertThat(report.outcomes().get(ConditionType.READY).reason()).isEqualTo(Reason.IDENTITY_MISMATCH);
        assertThat(report.status().environment().configMapName()).isEqualTo("orders-cache");
        assertThat(fixture.withdrawn).isEmpty();
    }

    @Test
    void leavesTheChoiceToTheApplicationIfTheVariablesHaveAPrefix() {
        name(ORDERS.clientId().value(), "ORDERS_");
        fixture.serviceAccount("orders", BILLING);

        Report report = fixture.makeReady(binding);

        assertThat(report.outcomes().get(ConditionType.READY).holds()).isTrue();
        assertThat(fixture.published.get(0).variables())
                .containsEntry("ORDERS_AZURE_CLIENT_ID", ORDERS.clientId().value());
    }

    @Test
    void doesNotMindUpperCase() {
        name(ORDERS.clientId().value().toUpperCase(Locale.ROOT), null);

        assertThat(fixture.makeReady(binding)
                        .outcomes()
                        .get(ConditionType.READY)
                        .holds())
                .isTrue();
    }

    private void name(String clientId, String prefix) {
        RedisAccessBindingSpec spec = binding.getSpec();
        binding.setSpec(new RedisAccessBindingSpec(
                spec.databaseRef(),
                spec.serviceAccountName(),
                clientId,
                spec.verification(),
                new EnvironmentSpec(null, null, prefix, null),
                spec.deletionPolicy()));
    }
}
