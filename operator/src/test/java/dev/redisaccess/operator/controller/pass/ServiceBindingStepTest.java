package dev.redisaccess.operator.controller.pass;

import static dev.redisaccess.operator.controller.pass.PassFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.EnvironmentSpec;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.ServiceBindingMode;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import org.junit.jupiter.api.Test;

/** The Secret of the Service Binding specification, within a pass. */
class ServiceBindingStepTest {

    private static final BindingKey KEY = new BindingKey("shop", "orders-cache");

    private final PassFixture fixture = new PassFixture();
    private final RedisAccessBinding binding = fixture.bind("orders-cache");

    @Test
    void createsNoSecretUnlessEnabled() {
        PassResult report = fixture.makeReady(binding);

        assertThat(report.status().binding()).isNull();
        assertThat(fixture.secrets).isEmpty();
    }

    @Test
    void namesTheSecretInStatusOnceItIsThere() {
        serviceBinding(ServiceBindingMode.ENABLED);

        PassResult report = fixture.makeReady(binding);

        assertThat(report.status().binding().name()).isEqualTo("orders-cache");
        assertThat(fixture.secrets.get(KEY).uid()).isEqualTo("uid-orders-cache");
        assertThat(fixture.secrets.get(KEY).entries())
                .containsEntry("username", ORDERS.objectId().value())
                .doesNotContainKey("password");
    }

    @Test
    void namesNoSecretThatCouldNotBeMade() {
        serviceBinding(ServiceBindingMode.ENABLED);
        fixture.secretsPublishing = Result.failed(Problem.of(Reason.SECRET_NOT_OWNED, "taken"));

        PassResult report = fixture.makeReady(binding);

        assertThat(report.status().binding()).isNull();
        assertThat(report.findings().get(ConditionType.ENVIRONMENT_PUBLISHED).reason())
                .isEqualTo(Reason.SECRET_NOT_OWNED);
        assertThat(report.status().environment().configMapName())
                .as("the ConfigMap exists nevertheless")
                .isEqualTo("orders-cache");
        assertThat(report.nextPass().at()).isEqualTo(fixture.now.plusSeconds(10));
    }

    @Test
    void deletesTheSecretWhenItIsNoLongerEnabled() {
        serviceBinding(ServiceBindingMode.ENABLED);
        fixture.makeReady(binding);

        serviceBinding(ServiceBindingMode.DISABLED);
        PassResult report = fixture.pass(binding);

        assertThat(fixture.secrets).isEmpty();
        assertThat(report.status().binding()).isNull();
        assertThat(report.findings().get(ConditionType.READY).holds()).isTrue();
    }

    @Test
    void remembersASecretThatCouldNotBeRemoved() {
        serviceBinding(ServiceBindingMode.ENABLED);
        fixture.makeReady(binding);
        fixture.secretsPublishing = Result.failed(Problem.of(Reason.PUBLISH_FORBIDDEN, "403"));

        serviceBinding(ServiceBindingMode.DISABLED);
        PassResult report = fixture.pass(binding);

        assertThat(report.status().binding().name()).isEqualTo("orders-cache");
        assertThat(report.findings().get(ConditionType.READY).reason()).isEqualTo(Reason.PUBLISH_FORBIDDEN);
    }

    private void serviceBinding(ServiceBindingMode mode) {
        RedisAccessBindingSpec spec = binding.getSpec();
        binding.setSpec(new RedisAccessBindingSpec(
                spec.databaseRef(),
                spec.serviceAccountName(),
                spec.clientId(),
                null,
                spec.verification(),
                new EnvironmentSpec(null, null, null, mode),
                spec.deletionPolicy(),
                null));
    }
}
