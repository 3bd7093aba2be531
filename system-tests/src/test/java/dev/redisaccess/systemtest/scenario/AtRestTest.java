package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The cost of some bindings until they are Ready and after it, and that their conditions do not flap. */
@Execution(ExecutionMode.CONCURRENT)
class AtRestTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    private static final int BINDINGS = 5;
    private static final int WRITES_PER_BINDING = 4;
    private static final List<String> INTERIM = Arrays.stream(Reason.values())
            .filter(reason -> reason.kind() == Reason.Kind.PASSING)
            .map(Reason::text)
            .toList();
    private static final List<String> TIMEOUTS = Stream.of(
                    Reason.CONNECT_TIMEOUT,
                    Reason.TLS_HANDSHAKE_TIMEOUT,
                    Reason.HANDSHAKE_TIMEOUT,
                    Reason.COMMAND_TIMEOUT)
            .map(Reason::text)
            .toList();
    private static final Duration REST = Duration.ofSeconds(10);
    private static final List<String> ORDER = List.of(
            "DatabaseResolved",
            "IdentityResolved",
            "AccessGranted",
            "ConnectionVerified",
            "EnvironmentPublished",
            "Ready");

    @Test
    void becomeReadyOnceWithFewWritesAndThenCostNothing() {
        Tenant tenant = PLATFORM.tenant("at-rest").withDatabase().registered();
        try (StatusHistory history = StatusHistory.of(PLATFORM.client(), "at-rest")) {
            List<BindingView> bindings = IntStream.range(0, BINDINGS)
                    .mapToObj(i -> {
                        tenant.workload("orders-" + i);
                        return tenant.bind("cache-" + i, "orders-" + i);
                    })
                    .toList();
            bindings.forEach(BindingView::awaitReady);
            awaitReadyEvents();

            List<KubernetesTraffic.Call> writes = PLATFORM.traffic().writes().stream()
                    .filter(call -> call.concerns("at-rest"))
                    .toList();
            // What was written may arrive here later.
            BindingView.patiently("few writes").untilAsserted(() -> assertThat(writes.size()
                            - bindings.stream()
                                    .mapToLong(binding -> passing(history.of(binding.name())))
                                    .sum())
                    .as(
                            "writes until Ready, without what said that something takes long: %s, %s",
                            writes, shown(bindings, history))
                    .isLessThanOrEqualTo(BINDINGS * WRITES_PER_BINDING));

            costNothing(tenant);
            bindings.stream()
                    .map(binding -> history.of(binding.name()))
                    .filter(versions -> !timedOut(versions))
                    .forEach(AtRestTest::doesNotFlap);
        }
    }

    /**
     * Writes that depend on the machine alone. What is over within four seconds is not reported; on a loaded machine it
     * lasts longer, and is. A login that took longer than its timeout is reported with an Event.
     */
    private static long passing(List<StatusHistory.Version> versions) {
        return versions.stream()
                .map(version -> version.find(ConditionType.READY).orElseThrow().getReason())
                .mapToLong(reason -> TIMEOUTS.contains(reason) ? 2 : INTERIM.contains(reason) ? 1 : 0)
                .sum();
    }

    /** Its login took too long on this machine, and its conditions report that. */
    private static boolean timedOut(List<StatusHistory.Version> versions) {
        return versions.stream()
                .anyMatch(version -> TIMEOUTS.contains(
                        version.find(ConditionType.READY).orElseThrow().getReason()));
    }

    private static List<List<String>> shown(List<BindingView> bindings, StatusHistory history) {
        return bindings.stream()
                .map(binding -> history.of(binding.name()).stream()
                        .map(version ->
                                version.find(ConditionType.READY).orElseThrow().getReason())
                        .toList())
                .toList();
    }

    /** The last writes of all, made by a thread of their own. */
    private static void awaitReadyEvents() {
        BindingView.patiently("an event for each")
                .until(() -> PLATFORM.client().v1().events().inNamespace("at-rest").list().getItems().stream()
                                .filter(event -> event.getReason().equals("Ready"))
                                .count()
                        == BINDINGS);
    }

    private static void costNothing(Tenant tenant) {
        PLATFORM.traffic().forget();
        int before = tenant.armRequests().size();

        await().atMost(REST.multipliedBy(4)).during(REST).until(() -> PLATFORM.traffic().calls().stream()
                .filter(call -> call.isWrite() || call.isTokenRequest())
                .toList()
                .isEmpty());

        List<RequestLog.Entry> requests = new ArrayList<>(tenant.armRequests());
        List<RequestLog.Entry> resync = requests.subList(before, requests.size());
        assertThat(resync).as("the resync, every %d s", Tenant.RESYNC_SECONDS).isNotEmpty();
        assertThat(resync)
                .extracting(entry -> entry.method() + " "
                        + entry.path().substring(tenant.cluster().text().length()))
                .allMatch(request -> List.of(
                                "GET ", "GET /databases/default", "GET /databases/default/accessPolicyAssignments")
                        .contains(request));
        assertThat(resync.size())
                .as("requests at rest: three a resync, however many bindings")
                .isLessThanOrEqualTo(3 * (int) (4 * REST.toSeconds() / (Tenant.RESYNC_SECONDS * 0.9)));
    }

    private static void doesNotFlap(List<StatusHistory.Version> versions) {
        assertThat(versions).isNotEmpty().allSatisfy(version -> assertThat(version.conditions())
                .extracting(Condition::getType)
                .containsExactlyElementsOf(ORDER));
        for (ConditionType type : ConditionType.values()) {
            List<Condition> steps = versions.stream()
                    .flatMap(version -> version.find(type).stream())
                    .toList();
            becomesTrueOnce(steps);
            movesItsTimeWithItsStatusOnly(steps);
        }
    }

    private static void becomesTrueOnce(List<Condition> steps) {
        List<String> statuses = new ArrayList<>();
        steps.stream().map(Condition::getStatus).forEach(status -> {
            if (statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(status)) {
                statuses.add(status);
            }
        });
        assertThat(statuses.stream().filter("True"::equals).count()).isLessThanOrEqualTo(1);
        assertThat(statuses).doesNotContain("False");
    }

    private static void movesItsTimeWithItsStatusOnly(List<Condition> steps) {
        for (int i = 1; i < steps.size(); i++) {
            Condition before = steps.get(i - 1);
            Condition after = steps.get(i);
            if (before.getStatus().equals(after.getStatus())) {
                assertThat(after.getLastTransitionTime()).isEqualTo(before.getLastTransitionTime());
            }
        }
    }
}
