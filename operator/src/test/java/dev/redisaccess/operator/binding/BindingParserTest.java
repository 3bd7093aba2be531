package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.EnvironmentSpec;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For an API server that was given an older CRD, which admits more. */
class BindingParserTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "orders_", "1_", "_", "ORDERS-", "ORDERS REDIS", "A=B", "\u00dcBER_"})
    void aPrefixMustBeTheBeginningOfAVariablesName(String prefix) {
        Problem problem = parse(prefix).toProblem().orElseThrow();

        assertThat(problem.reason()).isEqualTo(Reason.INVALID_SPEC);
        assertThat(problem.message()).contains("`spec.environment.prefix` must be", "such as `ORDERS_`.");
        MessageForm.assertKept(problem.message());
    }

    @Test
    void aPrefixIsTakenAsItIs() {
        assertThat(parse("ORDERS_2").fold(request -> request.environment().prefix(), Problem::message))
                .isEqualTo("ORDERS_2");
    }

    private static Result<BindingRequest> parse(String prefix) {
        var binding = new RedisAccessBinding();
        binding.setMetadata(
                new ObjectMetaBuilder().withName("cache").withNamespace("shop").build());
        binding.setSpec(new RedisAccessBindingSpec(
                new DatabaseReference("cache"),
                "orders",
                null,
                null,
                null,
                new EnvironmentSpec(null, null, prefix, null),
                null,
                null));
        return BindingParser.parse(binding);
    }
}
