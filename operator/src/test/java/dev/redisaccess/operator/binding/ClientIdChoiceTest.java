package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code spec.clientId} × the annotation × the prefix. */
class ClientIdChoiceTest {

    private static final String ONE = "0d9c8b7a-6f5e-4d3c-8b2a-190f8e7d6c5b";
    private static final String TWO = "1d9c8b7a-6f5e-4d3c-8b2a-190f8e7d6c5b";
    private static final String NONE = null;

    static Stream<Arguments> chosen() {
        return Stream.of(
                // spec.clientId, annotation, prefix, chosen
                Arguments.of(NONE, ONE, "", ONE),
                Arguments.of(NONE, ONE.toUpperCase(Locale.ROOT), "", ONE),
                Arguments.of(NONE, ONE, "ORDERS_", ONE),
                Arguments.of(ONE, NONE, "", ONE),
                Arguments.of(ONE, "", "", ONE), // the webhook sets no variable then
                Arguments.of(ONE, ONE.toUpperCase(Locale.ROOT), "", ONE),
                Arguments.of(ONE, TWO, "ORDERS_", ONE),
                Arguments.of(ONE, "orders", "ORDERS_", ONE));
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void choosesWhatThePodWillBe(String spec, String annotation, String prefix, String chosen) {
        assertThat(choose(spec, annotation, prefix)).isEqualTo(Result.ok(new ClientId(chosen)));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(NONE, NONE, "", Reason.CLIENT_ID_MISSING, "`spec.clientId`"),
                Arguments.of(NONE, "", "", Reason.CLIENT_ID_MISSING, "`spec.clientId`"),
                Arguments.of(NONE, NONE, "ORDERS_", Reason.CLIENT_ID_MISSING, "`spec.clientId`"),
                Arguments.of(NONE, "orders", "", Reason.CLIENT_ID_INVALID, "is not a GUID"),
                Arguments.of(NONE, "  ", "", Reason.CLIENT_ID_INVALID, "is blank"),
                Arguments.of(NONE, ONE + "\r\n", "", Reason.CLIENT_ID_INVALID, "has a line break at its end"),
                Arguments.of(NONE, " " + ONE, "", Reason.CLIENT_ID_INVALID, "has a blank at its beginning"),
                Arguments.of(NONE, ONE + "\r\n", "ORDERS_", Reason.CLIENT_ID_INVALID, "has a line break at its end"),
                Arguments.of(ONE, ONE + "\r\n", "", Reason.CLIENT_ID_INVALID, "has a line break at its end"),
                Arguments.of(ONE, "orders", "", Reason.CLIENT_ID_INVALID, "is not a GUID"),
                Arguments.of(ONE, TWO, "", Reason.IDENTITY_MISMATCH, TWO));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatThePodWouldNotBe(String spec, String annotation, String prefix, Reason reason, String says) {
        Problem problem = problem(choose(spec, annotation, prefix));
        assertThat(problem.reason()).isEqualTo(reason);
        assertThat(problem.message())
                .contains(ClientIdChoice.ANNOTATION, "`orders`", says)
                .endsWith(".");
    }

    @Test
    void quotesOneShortLineOfAnAnnotation() {
        Problem problem = problem(choose(NONE, "orders\n\u001b[31m" + "x".repeat(250_000), ""));
        assertThat(problem.message()).hasSizeLessThan(600).doesNotContain("\n", "\u001b");
    }

    private static Problem problem(Result<ClientId> parsed) {
        Problem problem = ((Result.Failed<ClientId>) parsed).problem();
        MessageForm.assertKept(problem.message());
        return problem;
    }

    private static Result<ClientId> choose(String spec, String annotation, String prefix) {
        var request = new BindingRequest(
                new BindingKey("shop", "orders-cache"),
                "uid",
                "orders-cache",
                new ServiceAccountKey("shop", "orders"),
                Optional.ofNullable(spec).map(ClientId::new),
                Federation.AUTO,
                new BindingRequest.VerificationSettings(true, Duration.ofMinutes(15), Duration.ofSeconds(10)),
                new BindingRequest.Environment("orders-cache", Set.of(), prefix, false),
                DeletionPolicy.DELETE,
                Optional.empty());
        return ClientIdChoice.choose(request, Optional.ofNullable(annotation));
    }
}
