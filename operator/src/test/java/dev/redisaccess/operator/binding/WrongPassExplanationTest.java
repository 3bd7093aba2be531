package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WrongPassExplanationTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Endpoint ENDPOINT = new Endpoint("orders.westus2.redis.azure.net", 10000);
    private static final ObjectId OBJECT = new ObjectId("11111111-1111-1111-1111-111111111111");
    private static final ClientId CLIENT = new ClientId("22222222-2222-2222-2222-222222222222");
    private static final Principal PRINCIPAL =
            new Principal(CLIENT, OBJECT, new TenantId("33333333-3333-3333-3333-333333333333"));
    private static final WorkloadToken.Claims GOOD = token("https://redis.azure.com", -5, 60);
    private static final Assignment OLD = assignment(ProvisioningState.Succeeded, Optional.empty());

    static Stream<Arguments> table() {
        return Stream.of(
                row("nothing found", GOOD, List.of(OLD), Reason.NOT_AUTHORIZED, "are as expected"),
                row("none", GOOD, List.of(), Reason.NOT_AUTHORIZED, "no assignment for the object ID `" + OBJECT),
                row(
                        "one for the client id",
                        GOOD,
                        List.of(of(CLIENT.value(), "default", Optional.empty())),
                        Reason.NOT_AUTHORIZED,
                        "names the identity's client ID `" + CLIENT),
                row(
                        "one for another principal",
                        GOOD,
                        List.of(of("44444444-4444-4444-4444-444444444444", "default", Optional.empty())),
                        Reason.NOT_AUTHORIZED,
                        "no assignment for the object ID `" + OBJECT),
                row(
                        "one for both",
                        GOOD,
                        List.of(of(CLIENT.value(), "default", Optional.empty()), OLD),
                        Reason.NOT_AUTHORIZED,
                        "are as expected"),
                row(
                        "being created",
                        GOOD,
                        List.of(assignment(ProvisioningState.Creating, Optional.empty())),
                        Reason.NOT_AUTHORIZED,
                        "as `Creating`, not as `Succeeded`. Wait"),
                row(
                        "failed",
                        GOOD,
                        List.of(assignment(ProvisioningState.Failed, Optional.empty())),
                        Reason.NOT_AUTHORIZED,
                        "as `Failed`, not as `Succeeded`. It must be created again"),
                row(
                        "a moment old",
                        GOOD,
                        List.of(assignment(ProvisioningState.Succeeded, Optional.of(NOW.minusSeconds(1)))),
                        Reason.POLICY_PROPAGATING,
                        "less than 5 minutes ago"),
                row(
                        "just not five minutes old",
                        GOOD,
                        List.of(assignment(ProvisioningState.Succeeded, Optional.of(NOW.minusSeconds(299)))),
                        Reason.POLICY_PROPAGATING,
                        "less than 5 minutes ago"),
                row(
                        "five minutes old",
                        GOOD,
                        List.of(assignment(ProvisioningState.Succeeded, Optional.of(NOW.minusSeconds(300)))),
                        Reason.NOT_AUTHORIZED,
                        "are as expected"),
                row(
                        "another audience",
                        token("https://management.azure.com", -5, 60),
                        List.of(assignment(ProvisioningState.Succeeded, Optional.of(NOW))),
                        Reason.NOT_AUTHORIZED,
                        "`https://management.azure.com`"),
                row(
                        "audience with a slash",
                        token("https://redis.azure.com/", -5, 60),
                        List.of(OLD),
                        null,
                        "are as expected"),
                row(
                        "audience of a v2 token",
                        token("acca5fbb-b7e4-4009-81f1-37e38fd66d78", -5, 60),
                        List.of(OLD),
                        null,
                        "are as expected"),
                row("a slow clock", token("https://redis.azure.com", 7, 60), List.of(OLD), null, "in more than 7 min"),
                row("a fast clock", token("https://redis.azure.com", -90, -20), List.of(OLD), null, "20 min ago"),
                row("expires now", token("https://redis.azure.com", -90, 0), List.of(OLD), null, "that clock is fast"),
                row(
                        "a custom access string",
                        GOOD,
                        List.of(of(OBJECT.value(), "default", Optional.of("+@read ~cache:*"))),
                        null,
                        "`+@read ~cache:*`"),
                row(
                        "another policy",
                        GOOD,
                        List.of(of(OBJECT.value(), "readers", Optional.empty())),
                        null,
                        "`access policy readers`"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void namesTheLinkThatIsWrong(
            String name, WorkloadToken.Claims token, List<Assignment> assignments, Reason reason, String part) {
        Problem problem = WrongPassExplanation.explain(token, new Inventory(NOW, assignments), ENDPOINT, NOW);

        assertThat(problem.reason()).isEqualTo(reason);
        MessageForm.assertKept(problem.message());
        assertThat(problem.message())
                .startsWith("`orders.westus2.redis.azure.net:10000` refuses the login (`WRONGPASS`)")
                .contains(part);
    }

    @Test
    void reportsTheSameAtTheNextVerification() {
        Problem first = WrongPassExplanation.explain(
                token("https://redis.azure.com", 7, 60), new Inventory(NOW, List.of(OLD)), ENDPOINT, NOW);
        Instant later = NOW.plusSeconds(900);
        WorkloadToken.Claims next = new WorkloadToken.Claims(
                PRINCIPAL, "https://redis.azure.com", later.plusSeconds(421), later.plus(Duration.ofHours(1)));

        assertThat(WrongPassExplanation.explain(next, new Inventory(later, List.of(OLD)), ENDPOINT, later))
                .isEqualTo(first);
    }

    private static Arguments row(
            String name, WorkloadToken.Claims token, List<Assignment> assignments, Reason reason, String part) {
        return arguments(name, token, assignments, reason == null ? Reason.NOT_AUTHORIZED : reason, part);
    }

    private static WorkloadToken.Claims token(String audience, int fromMinutes, int untilMinutes) {
        return new WorkloadToken.Claims(
                PRINCIPAL,
                audience,
                NOW.plus(Duration.ofMinutes(fromMinutes)),
                NOW.plus(Duration.ofMinutes(untilMinutes)));
    }

    private static Assignment assignment(ProvisioningState state, Optional<Instant> succeededAt) {
        return new Assignment(OBJECT.value(), Optional.of(OBJECT), Access.full(), state, succeededAt);
    }

    private static Assignment of(String objectId, String policy, Optional<String> accessString) {
        return new Assignment(
                "by-hand",
                Optional.of(new ObjectId(objectId)),
                Access.of(policy, accessString),
                ProvisioningState.Succeeded,
                Optional.empty());
    }
}
