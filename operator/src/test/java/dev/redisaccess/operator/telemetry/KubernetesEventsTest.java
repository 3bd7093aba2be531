package dev.redisaccess.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.RedisAccessBinding;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class KubernetesEventsTest {

    private static final String READY = "Ready.";
    private static final String REFUSED = "Refused.";

    private KubernetesClient client;
    private Instant now = Instant.parse("2026-11-28T08:00:00Z");
    private KubernetesEvents events;
    private final RedisAccessBinding binding = new RedisAccessBinding();

    @BeforeEach
    void create() {
        InstantSource moved = () -> now;
        events = new KubernetesEvents(client, Runnable::run, moved.withZone(ZoneOffset.UTC), "replica");
        binding.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("orders")
                .withUid("1")
                .build());
    }

    @Test
    void theNewestIsWhatHoldsNow() {
        for (String message : List.of(READY, REFUSED, READY)) {
            events.normal(binding, "R", message);
            now = now.plusSeconds(60);
        }

        assertThat(messages()).containsExactly(READY, REFUSED, READY);
    }

    @Test
    void aRepetitionIsWrittenOnceInTenMinutes() {
        for (int minute = 0; minute < 20; minute++) {
            events.warning(binding, "R", REFUSED + " [correlation id 0000000" + minute + ", request id 12345678]");
            now = now.plus(Duration.ofMinutes(1));
        }

        assertThat(messages()).hasSize(2);
    }

    @Test
    void anObjectThatChangesAllTheTimeHasBounds() {
        for (int second = 0; second < 1200; second++) {
            events.normal(binding, "R", "state " + second % 2);
            now = now.plusSeconds(1);
        }

        assertThat(messages()).hasSize(40);
    }

    @Test
    void foreignTextIsOneLine() {
        events.warning(binding, "R", "denied\n\u001b[31mby\u202e policy" + "x".repeat(2000));

        assertThat(messages().get(0)).startsWith("denied by policyxxx").hasSize(1024);
    }

    private List<String> messages() {
        return client.v1().events().inNamespace("shop").list().getItems().stream()
                .sorted(Comparator.comparing(Event::getFirstTimestamp))
                .map(Event::getMessage)
                .toList();
    }
}
