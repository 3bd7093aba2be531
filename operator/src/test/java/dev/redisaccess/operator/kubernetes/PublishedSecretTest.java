package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.ServiceBindingPublisher.Publication;
import dev.redisaccess.operator.publish.SecretServiceBindingPublisher;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Secret of the Service Binding specification on a real API server. */
@OnApiServer
class PublishedSecretTest {

    private static final String NAME = "orders-cache";
    private static final String BINDING = """
            apiVersion: redisaccess.dev/v1alpha1
            kind: RedisAccessBinding
            metadata: {name: orders-cache}
            spec:
              databaseRef: {name: orders-cache}
              serviceAccountName: orders
              environment: {serviceBinding: Enabled}
            """;

    private final ApiServer api;
    private final BindingKey key;
    private final SecretServiceBindingPublisher publisher;
    private String uid;

    PublishedSecretTest(ApiServer api) {
        this.api = api;
        this.key = new BindingKey(api.newNamespace(), NAME);
        this.publisher = new SecretServiceBindingPublisher(api.client());
    }

    @BeforeEach
    void applyTheBinding() {
        api.kubectl().runWith(BINDING, "apply", "-n", key.namespace(), "-f", "-");
        uid = api.client()
                .resources(RedisAccessBinding.class)
                .inNamespace(key.namespace())
                .withName(NAME)
                .get()
                .getMetadata()
                .getUid();
    }

    @Test
    void whatIsPublishedIsRestoredAndWhatOthersAddStays() {
        assertThat(publish(publisher, Map.of("type", "redis", "host", "a"))).isEqualTo(Result.ok(true));
        assertThat(publish(publisher, Map.of("type", "redis", "host", "a"))).isEqualTo(Result.ok(false));
        assertThat(secret().getType()).isEqualTo("servicebinding.io/redis");
        api.kubectl()
                .run(
                        "patch",
                        "secret",
                        NAME,
                        "-n",
                        key.namespace(),
                        "-p",
                        "{\"stringData\":{\"password\":\"x\",\"host\":\"b\"}}");

        assertThat(publish(publisher, Map.of("type", "redis", "port", "1"))).isEqualTo(Result.ok(true));

        assertThat(entries()).isEqualTo(Map.of("type", "redis", "port", "1", "password", "x"));
        assertThat(publish(publisher, Map.of("type", "redis", "port", "1"))).isEqualTo(Result.ok(false));
    }

    /** The type never changes, nor does the content of an immutable Secret. */
    @Test
    void oneOfAnotherTypeIsReplaced() {
        publish(publisher, Map.of("type", "redis"));
        Secret changed = secret();
        changed.setType("Opaque");
        changed.getMetadata().setResourceVersion(null);
        api.client().resource(secret()).delete();
        changed.setImmutable(true);
        api.client().resource(changed).create();

        assertThat(publish(publisher, Map.of("type", "redis", "port", "2"))).isEqualTo(Result.ok(true));

        assertThat(secret().getType()).isEqualTo("servicebinding.io/redis");
        assertThat(entries()).isEqualTo(Map.of("type", "redis", "port", "2"));
    }

    @Test
    void whatWasThereBeforeIsNotTouched() {
        api.kubectl().run("create", "secret", "generic", NAME, "-n", key.namespace(), "--from-literal=mine=1");

        Problem problem = problem(publish(publisher, Map.of("type", "redis")));

        assertThat(problem.reason()).isEqualTo(Reason.SECRET_NOT_OWNED);
        assertThat(problem.message()).contains("`" + NAME + "`", "Delete it, or set");
        assertThat(publisher.remove(key, uid)).isEqualTo(Result.ok(false));
        assertThat(entries()).isEqualTo(Map.of("mine", "1"));
    }

    @Test
    void oursIsDeleted() {
        publish(publisher, Map.of("type", "redis"));

        assertThat(publisher.remove(key, uid)).isEqualTo(Result.ok(true));

        assertThat(secret()).isNull();
    }

    @Test
    void goesWithItsBinding() {
        publish(publisher, Map.of("type", "redis"));

        api.kubectl().run("delete", "rab", NAME, "-n", key.namespace());

        await().atMost(Duration.ofSeconds(60)).until(() -> secret() == null);
    }

    @Test
    void isMadeWithWhatTheChartGrantsWhenItIsSwitchedOn() {
        try (InstalledChart chart = new InstalledChart(api)) {
            chart.apply("azure.clientId=00000000-0000-0000-0000-0000000000aa");
            try (KubernetesClient operator = chart.asOperator()) {
                var restricted = new SecretServiceBindingPublisher(operator);
                Problem problem = problem(publish(restricted, Map.of("type", "redis")));
                assertThat(problem.reason()).isEqualTo(Reason.PUBLISH_FORBIDDEN);
                assertThat(problem.message()).contains("serviceBinding.enabled=true", key.namespace());

                chart.upgrade("azure.clientId=00000000-0000-0000-0000-0000000000aa", "serviceBinding.enabled=true");

                await().atMost(Duration.ofSeconds(60)).until(() -> publish(restricted, Map.of("type", "redis"))
                        .equals(Result.ok(true)));
                assertThat(publish(restricted, Map.of("type", "changed"))).isEqualTo(Result.ok(true));
                assertThat(restricted.remove(key, uid)).isEqualTo(Result.ok(true));
                assertThat(chart.mayOperator("list secrets", key.namespace())).isFalse();
            }
        }
    }

    private Result<Boolean> publish(SecretServiceBindingPublisher by, Map<String, String> entries) {
        return by.publish(new Publication(key, uid, entries));
    }

    private static Problem problem(Result<Boolean> result) {
        return ((Result.Failed<Boolean>) result).problem();
    }

    private Map<String, String> entries() {
        Map<String, String> entries = new TreeMap<>();
        secret().getData()
                .forEach((name, value) -> entries.put(
                        name, new String(Base64.getDecoder().decode(value), java.nio.charset.StandardCharsets.UTF_8)));
        return entries;
    }

    private Secret secret() {
        return api.client()
                .secrets()
                .inNamespace(key.namespace())
                .withName(NAME)
                .get();
    }
}
