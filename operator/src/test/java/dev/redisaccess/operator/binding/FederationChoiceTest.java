package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FederationChoiceTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // spec           annotation  token proxy  chosen
                "AUTO,             -,      true,  AUTO",
                "AUTO,             -,      false, DIRECT",
                "AUTO,             true,   true,  IDENTITY_BINDING",
                "AUTO,             True,   true,  IDENTITY_BINDING",
                "AUTO,             false,  true,  DIRECT",
                "AUTO,             yes,    true,  AUTO",
                "AUTO,             true,   false, -",
                "DIRECT,           true,   true,  DIRECT",
                "IDENTITY_BINDING, false,  true,  IDENTITY_BINDING",
                "IDENTITY_BINDING, -,      false, -",
            })
    void choosesWhatTheClusterAndTheServiceAccountAreSetUpFor(
            Federation requested, String annotation, boolean tokenProxy, Federation chosen) {
        Result<Federation> choice =
                FederationChoice.choose(request(requested), Optional.ofNullable(annotation), tokenProxy);

        assertThat(choice.toOptional()).isEqualTo(Optional.ofNullable(chosen));
        choice.toProblem().ifPresent(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.IDENTITY_BINDINGS_DISABLED);
            assertThat(problem.message()).contains("identityBindings.enabled=true");
            MessageForm.assertKept(problem.message());
        });
    }

    private static BindingRequest request(Federation federation) {
        BindingKey key = new BindingKey("shop", "orders");
        return new BindingRequest(
                key,
                "uid",
                "orders-cache",
                new ServiceAccountKey("shop", "orders"),
                Optional.empty(),
                federation,
                new BindingRequest.VerificationSettings(true, Duration.ofSeconds(900), Duration.ofSeconds(10)),
                new BindingRequest.Environment("orders", Set.of(), "", false),
                DeletionPolicy.DELETE,
                Optional.empty());
    }
}
