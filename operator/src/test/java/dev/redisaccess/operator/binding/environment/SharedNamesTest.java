package dev.redisaccess.operator.binding.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.EnvironmentProfile;
import dev.redisaccess.operator.api.EnvironmentSpec;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.binding.BindingParser;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedNamesTest {

    private final RedisAccessBinding orders = binding("orders", 1, null);

    @Test
    void isReportedAtTheNewerOfTwo() {
        RedisAccessBinding sessions = binding("a-sessions", 2, null);

        assertThat(notice(sessions, orders)).hasValueSatisfying(text -> assertThat(text)
                .contains("Binding `orders` of the same ServiceAccount", "`spec.environment.prefix`", "must differ"));
        assertThat(notice(orders, sessions)).isEmpty();
    }

    @Test
    void aMessageWithTheNoticeIsRecognised() {
        String message =
                "Published. " + notice(binding("sessions", 2, null), orders).orElseThrow();

        assertThat(SharedNames.isNoticed(message, "orders")).isTrue();
        assertThat(SharedNames.isNoticed(message, "order")).isFalse();
        assertThat(SharedNames.isNoticed("Published.", "orders")).isFalse();
    }

    @Test
    void aPrefixOfOneIsEnough() {
        assertThat(notice(binding("sessions", 2, "SESSIONS_"), orders)).isEmpty();
    }

    @Test
    void theSamePrefixIsNot() {
        assertThat(notice(binding("sessions", 2, "CACHE_"), binding("orders", 1, "CACHE_")))
                .isPresent();
    }

    /** Azure Service Connector's names begin like a prefix that a user may choose. */
    @Test
    void aPrefixCanMakeTheNameOfAProfile() {
        RedisAccessBinding connector = binding("connector", 1, null, EnvironmentProfile.SERVICE_CONNECTOR);

        assertThat(notice(binding("sessions", 2, "AZURE_", EnvironmentProfile.ENDPOINT), connector))
                .isPresent();
        assertThat(notice(binding("sessions", 2, "AZURE_"), orders)).isEmpty();
    }

    @Test
    void oneThatIsBeingDeletedDoesNotCount() {
        orders.getMetadata().setDeletionTimestamp("2026-01-02T00:00:00Z");

        assertThat(notice(binding("sessions", 2, null), orders)).isEmpty();
    }

    @Test
    void oneThatIsNotKnownYetIsNotCompared() {
        assertThat(SharedNames.notice(BindingParser.parse(orders).toOptional().orElseThrow(), List.of()))
                .isEmpty();
    }

    private static Optional<String> notice(RedisAccessBinding binding, RedisAccessBinding other) {
        return BindingParser.parse(binding)
                .toOptional()
                .flatMap(request -> SharedNames.notice(request, List.of(binding, other)));
    }

    private static RedisAccessBinding binding(String name, int second, String prefix, EnvironmentProfile... profiles) {
        var binding = new RedisAccessBinding();
        binding.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("shop")
                .withCreationTimestamp("2026-01-01T00:00:0" + second + "Z")
                .build());
        binding.setSpec(new RedisAccessBindingSpec(
                new DatabaseReference("orders-cache"),
                "orders",
                null,
                null,
                null,
                new EnvironmentSpec(null, List.of(profiles), prefix, null),
                null,
                null));
        return binding;
    }
}
