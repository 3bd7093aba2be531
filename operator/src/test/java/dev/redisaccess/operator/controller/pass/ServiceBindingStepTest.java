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
    void makesNoSecretUnlessAsked() {
        PassResult report = fixture.makeReady(binding);

        assertThat(report.status().binding()).isNull();
        assertThat(fixture.secrets).isEmpty();
    }

    @Test
    void namesTheSecretInStatusOnceItIsThere() {
        ask(ServiceBindingMode.ENABLED);

        PassResult report = fixture.makeReady(binding);

        assertThat(report.status().binding().name()).isEqualTo("orders-cache");
        assertThat(fixture.secrets.get(KEY).uid()).isEqualTo("uid-orders-cache");
        assertThat(fixture.secrets.get(KEY).entries())
                .containsEntry("username", ORDERS.objectId().value())
                .doesNotContainKey("password");
    }

    @Test
    void namesNoSecretThatCouldNotBeMade() {
        ask(ServiceBindingMode.ENABLED);
        fixture.secretsPublishing = Result.failed(Problem.of(Reason.SECRET_NOT_OWNED, "taken"));

        PassResult report = fixture.makeReady(binding);

        assertThat(report.status().binding()).isNull();
        assertThat(report.findings().get(ConditionType.ENVIRONMENT_PUBLISHED).reason())
                .isEqualTo(Reason.SECRET_NOT_OWNED);
        assertThat(report.status().environment().configMapName())
                .as("the ConfigMap is there all the same")
                .isEqualTo("orders-cache");
        assertThat(report.nextPass().at()).isEqualTo(fixture.now.plusSeconds(10));
    }

    @Test
    void removesTheSecretWhenItIsNoLongerAskedFor() {
        ask(ServiceBindingMode.ENABLED);
        fixture.makeReady(binding);

        ask(ServiceBindingMode.DISABLED);
        PassResult report = fixture.pass(binding);

        assertThat(fixture.secrets).isEmpty();
        assertThat(report.status().binding()).isNull();
        assertThat(report.findings().get(ConditionType.READY).holds()).isTrue();
    }

    @Test
    void remembersASecretThatCouldNotBeRemoved() {
        ask(ServiceBindingMode.ENABLED);
        fixture.makeReady(binding);
        fixture.secretsPublishing = Result.failed(Problem.of(Reason.PUBLISH_FORBIDDEN, "403"));

        ask(ServiceBindingMode.DISABLED);
        PassResult report = fixture.pass(binding);

        assertThat(report.status().binding().name()).isEqualTo("orders-cache");
        assertThat(report.findings().get(ConditionType.READY).reason()).isEqualTo(Reason.PUBLISH_FORBIDDEN);
    }

    private void ask(ServiceBindingMode mode) {
        RedisAccessBindingSpec spec = binding.getSpec();
        binding.setSpec(new RedisAccessBindingSpec(
                spec.databaseRef(),
                spec.serviceAccountName(),
                spec.clientId(),
                spec.verification(),
                new EnvironmentSpec(null, null, null, mode),
                spec.deletionPolicy()));
    }
}
