package dev.redisaccess.operator.telemetry.trace;

import static dev.redisaccess.operator.telemetry.trace.TracedBinding.DATABASE;
import static dev.redisaccess.operator.telemetry.trace.TracedBinding.PRINCIPAL;
import static dev.redisaccess.operator.telemetry.trace.TracedBinding.created;
import static dev.redisaccess.operator.telemetry.trace.TracedBinding.key;
import static dev.redisaccess.operator.telemetry.trace.TracedBinding.published;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.azure.FakeClock;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.port.Telemetry.AzureCall;
import dev.redisaccess.operator.binding.port.Telemetry.TokenCall;
import dev.redisaccess.operator.binding.port.Telemetry.WorkKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BindingTracesTest {

    private static final Finding READY = Finding.of(Reason.READY, "-");
    private static final Finding DENIED = Finding.of(Reason.NAMESPACE_NOT_ALLOWED, "-");
    private static final Duration MS = Duration.ofMillis(1);
    private static final Instant START = FakeClock.START;

    private final FakeClock clock = new FakeClock();
    private final List<RecordedSpan> ended = new ArrayList<>();
    private final BindingTraces traces = new BindingTraces(clock, ended::add);

    @Test
    void hasEachStepWithItsCallsAndTheTimeInItsQueue() {
        RedisAccessBinding binding = created("orders", START);
        clock.advance(MS);
        traces.passStarted(binding);
        identify("orders", Optional.empty());
        traces.grantAwaited(key("orders"), DATABASE, PRINCIPAL);
        clock.advance(MS);
        grantStep(AzureCall.LIST_ASSIGNMENTS, AzureCall.WRITE_ASSIGNMENT);
        traces.grantAwaited(key("orders"), DATABASE, PRINCIPAL);
        grantStep(AzureCall.READ_ASSIGNMENT);
        traces.operationEnded(DATABASE, PRINCIPAL, LaneState.Kind.GRANT, Optional.empty());
        traces.workStarted(key("orders"), WorkKind.VERIFICATION, Duration.ZERO);
        clock.advance(MS);
        traces.verificationEnded(MS, Optional.empty());
        traces.workEnded(key("orders"), WorkKind.VERIFICATION, Optional.empty());
        traces.statusWritten(binding, READY);

        assertThat(lines())
                .containsExactly(
                        "0-8 binding to Ready",
                        "  1-3 identify",
                        "    2-3 call Kubernetes token request",
                        "  3-7 grant",
                        "    3-4 queue",
                        "    4-5 call ARM list assignments",
                        "    5-6 call ARM write assignment",
                        "    6-7 call ARM read assignment",
                        "  7-8 verify",
                        "    7-8 call Redis login");
        assertThat(ended.get(0).attributes())
                .containsOnly(
                        Map.entry("redisaccess.binding.namespace", "shop"),
                        Map.entry("redisaccess.binding.name", "orders"),
                        Map.entry("redisaccess.database.name", "orders-cache"),
                        Map.entry("redisaccess.cause", "created"));
        assertThat(traces.size()).isZero();
    }

    @Test
    void endsAStepThatFailedWithItsReasonAndBeginsTheNextAttemptThere() {
        RedisAccessBinding binding = created("orders", START);
        traces.passStarted(binding);
        identify("orders", Optional.of(Reason.ENTRA_UNAVAILABLE));
        traces.grantAwaited(key("orders"), DATABASE, PRINCIPAL);
        grantStep(AzureCall.WRITE_ASSIGNMENT);
        traces.operationEnded(DATABASE, PRINCIPAL, LaneState.Kind.GRANT, Optional.of(Reason.ASSIGNMENT_FAILED));
        clock.advance(MS.multipliedBy(10));
        grantStep(AzureCall.WRITE_ASSIGNMENT);
        traces.operationEnded(DATABASE, PRINCIPAL, LaneState.Kind.GRANT, Optional.empty());
        traces.statusWritten(binding, READY);

        assertThat(lines())
                .containsExactly(
                        "0-14 binding to Ready",
                        "  0-2 identify EntraUnavailable",
                        "    1-2 call Kubernetes token request EntraUnavailable",
                        "  2-3 grant AssignmentFailed",
                        "    2-3 call ARM write assignment",
                        "  3-14 grant",
                        "    3-13 queue",
                        "    13-14 call ARM write assignment");
    }

    @ParameterizedTest
    @MethodSource("causes")
    void beginsWhenTheBindingWasNotReady(RedisAccessBinding binding, String cause, long startSeconds) {
        traces.passStarted(binding);
        traces.statusWritten(binding, READY);

        assertThat(ended).singleElement().satisfies(trace -> {
            assertThat(trace.attributes()).containsEntry("redisaccess.cause", cause);
            assertThat(trace.start()).isEqualTo(START.plusSeconds(startSeconds));
        });
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(created("new", START.minusSeconds(3)), "created", -3),
                Arguments.of(created("old", START.minusSeconds(3601)), "continued", 0),
                Arguments.of(published("failed", "False", START.minusSeconds(60), 2), "failed", -60),
                Arguments.of(published("long", "False", START.minusSeconds(3601), 2), "continued", 0),
                Arguments.of(published("edited", "True", START.minusSeconds(60), 1), "changed", 0));
    }

    @Test
    void hasNoneOfABindingThatIsReady() {
        RedisAccessBinding binding = published("orders", "True", START.minusSeconds(60), 2);
        traces.passStarted(binding);
        identify("orders", Optional.of(Reason.ENTRA_UNAVAILABLE));
        traces.grantAwaited(key("orders"), DATABASE, PRINCIPAL);
        traces.statusWritten(binding, READY);

        assertThat(ended).isEmpty();
        assertThat(traces.size()).isZero();
    }

    @Test
    void hasNoCallsOfOtherThreadsAndNoneBetweenSteps() throws Exception {
        RedisAccessBinding binding = created("orders", START);
        traces.passStarted(binding);
        traces.azureCallEnded(AzureCall.READ_DATABASE, MS, Optional.empty());
        traces.workStarted(key("orders"), WorkKind.IDENTIFICATION, Duration.ZERO);
        CompletableFuture.runAsync(() -> traces.azureCallEnded(AzureCall.LIST_ASSIGNMENTS, MS, Optional.empty()))
                .get();
        traces.workEnded(key("orders"), WorkKind.IDENTIFICATION, Optional.empty());
        traces.azureCallEnded(AzureCall.READ_DATABASE, MS, Optional.empty());
        traces.statusWritten(binding, READY);

        assertThat(lines()).containsExactly("0-0 binding to Ready", "  0-0 identify");
    }

    /** Two bindings of one identity: each has the attempt from its own request on. */
    @Test
    void sharesTheGrantOfAPrincipal() {
        for (String name : List.of("first", "second")) {
            traces.passStarted(created(name, START));
            traces.grantAwaited(key(name), DATABASE, PRINCIPAL);
            grantStep(name.equals("first") ? AzureCall.WRITE_ASSIGNMENT : AzureCall.READ_ASSIGNMENT);
        }
        traces.operationEnded(DATABASE, PRINCIPAL, LaneState.Kind.GRANT, Optional.empty());
        traces.statusWritten(created("second", START), READY);

        assertThat(lines())
                .containsExactly(
                        "0-2 binding to Ready",
                        "  1-2 grant",
                        "    0-1 call ARM write assignment",
                        "    1-2 call ARM read assignment");
    }

    @Test
    void isNotOfARevocation() {
        RedisAccessBinding binding = created("orders", START);
        traces.passStarted(binding);
        traces.grantAwaited(key("orders"), DATABASE, PRINCIPAL);
        traces.operationStepStarted(DATABASE, PRINCIPAL, LaneState.Kind.REVOKE);
        traces.azureCallEnded(AzureCall.DELETE_ASSIGNMENT, MS, Optional.empty());
        traces.operationStepEnded();
        traces.operationEnded(DATABASE, PRINCIPAL, LaneState.Kind.REVOKE, Optional.empty());
        traces.statusWritten(binding, READY);

        assertThat(lines()).containsExactly("0-0 binding to Ready");
    }

    @Test
    void endsAfterAnHourWithTheReasonOfTheBindingAndContinuesInTheNextOne() {
        RedisAccessBinding binding = created("orders", START);
        traces.passStarted(binding);
        traces.statusWritten(binding, DENIED);
        traces.grantAwaited(key("orders"), DATABASE, PRINCIPAL);
        clock.advance(BindingTraces.LONGEST.minus(MS));
        traces.passStarted(binding);
        assertThat(ended).isEmpty();
        clock.advance(MS.multipliedBy(2));
        traces.passStarted(binding);
        assertThat(ended).singleElement().satisfies(trace -> assertThat(trace.problem())
                .contains(Reason.NAMESPACE_NOT_ALLOWED));
        assertThat(traces.size()).isZero();

        traces.passStarted(binding);
        traces.statusWritten(binding, READY);
        assertThat(ended).hasSize(2);
        assertThat(ended.get(1).attributes()).containsEntry("redisaccess.cause", "continued");
    }

    @Test
    void isDroppedWithItsBinding() {
        traces.passStarted(created("orders", START));
        traces.grantAwaited(key("orders"), DATABASE, PRINCIPAL);
        traces.released(key("orders"));

        assertThat(traces.size()).isZero();
        traces.statusWritten(created("orders", START), READY);
        assertThat(ended).isEmpty();
    }

    @Test
    void isBounded() {
        IntStream.range(0, BindingTraces.MOST_TRACES + 10)
                .forEach(each -> traces.passStarted(created("b" + each, START)));
        assertThat(traces.size()).isEqualTo(BindingTraces.MOST_TRACES);

        for (int step = 0; step < BindingTraces.MOST_STEPS + 10; step++) {
            traces.workStarted(key("b0"), WorkKind.IDENTIFICATION, Duration.ZERO);
            for (int call = 0; call < BindingTraces.MOST_CALLS + 10; call++) {
                traces.tokenCallEnded(TokenCall.TOKEN_REQUEST, Duration.ZERO, Optional.empty());
            }
            traces.workEnded(key("b0"), WorkKind.IDENTIFICATION, Optional.empty());
        }
        traces.statusWritten(created("b0", START), READY);
        assertThat(ended.get(0).children())
                .hasSize(BindingTraces.MOST_STEPS)
                .allSatisfy(step -> assertThat(step.children()).hasSize(BindingTraces.MOST_CALLS));
    }

    private void identify(String name, Optional<Reason> problem) {
        traces.workStarted(key(name), WorkKind.IDENTIFICATION, Duration.ZERO);
        clock.advance(MS.multipliedBy(2));
        traces.tokenCallEnded(TokenCall.TOKEN_REQUEST, MS, problem);
        traces.workEnded(key(name), WorkKind.IDENTIFICATION, problem);
    }

    /** One step in the lane; each call takes a millisecond. */
    private void grantStep(AzureCall... calls) {
        traces.operationStepStarted(DATABASE, PRINCIPAL, LaneState.Kind.GRANT);
        for (AzureCall call : calls) {
            clock.advance(MS);
            traces.azureCallEnded(call, MS, Optional.empty());
        }
        traces.operationStepEnded();
    }

    /** The last trace: milliseconds since the start, name and reason of each span. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        add(ended.get(ended.size() - 1), "", lines);
        return lines;
    }

    private static void add(RecordedSpan span, String indent, List<String> lines) {
        lines.add(indent + Duration.between(START, span.start()).toMillis() + "-"
                + Duration.between(START, span.end()).toMillis() + (span.isCall() ? " call " : " ") + span.name()
                + span.problem().map(reason -> " " + reason.text()).orElse(""));
        span.children().forEach(child -> add(child, indent + "  ", lines));
    }
}
