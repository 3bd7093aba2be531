package dev.redisaccess.systemtest.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AccessReportPage;
import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The operator dies by SIGKILL while it revokes access that nothing explains, and is started again. The stored report has the
 * times: those that the operator would have to wait for are written into it while none runs. A revocation takes two reviews
 * of one process, a minute apart, so the test takes minutes, and only {@code -Pfaults} runs it.
 */
@EnabledIfSystemProperty(named = "faults", matches = "all", disabledReason = "it waits for minutes; -Pfaults runs it")
class RevocationKillTest {

    /** What the operator has just done when it is killed. */
    private enum Point {
        /** The report has the decision. */
        RECORDED,
        /** ARM has received a deletion, and has not begun. */
        DELETE_ARRIVES,
        /** ARM has taken a deletion and responded. */
        DELETE_ACCEPTED,
        /** The report no longer has what was revoked. */
        REPORTED
    }

    private static final long ARRIVAL_MILLIS = 300;
    private static final Duration LOOK = Duration.ofMillis(3);

    /** Two reviews, and one more until a revocation is reported; much more for a loaded machine. */
    private static final Duration LONGEST = Duration.ofMinutes(6);

    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Duration LONG_AGO = Duration.ofHours(2);

    /** Of each kind that is revoked. */
    private static final int CANDIDATES = 8;

    /** Those that the first life of a round may revoke. */
    private static final int FIRST = 2;

    private static final int PERCENT = 18;

    /** With so many percent of {@link #TOTAL} assignments, and of some fewer. */
    private static final int SHARE = 4;

    private static final int TOTAL = 26;

    /** A deletion, and whether the report had its record when ARM received it. */
    private record Deletion(String assignment, boolean recorded) {}

    private final LocalPlatform platform = new LocalPlatform();
    private final Queue<Deletion> deletions = new ConcurrentLinkedQueue<>();
    /** By assignment: what no operator may revoke, and why. */
    private final Map<String, String> kept = new HashMap<>();
    /** By assignment: what is revoked as soon as its time has come. */
    private final Map<String, AccessEntry> candidates = new HashMap<>();

    private final Set<String> acknowledged = new HashSet<>();
    private Tenant tenant;

    @BeforeEach
    void start() throws Exception {
        platform.startWithoutOperator("fast");
    }

    @AfterEach
    void stop() throws IOException {
        platform.closeWithoutOperator();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void afterAKillNothingElseIsRevokedNorMoreThanItsShare() throws Exception {
        tenant = platform.tenant("revoked").withDatabase();
        List<BindingView> bindings = bindings();
        assigned();
        register();
        try (OperatorProcess operator = start("ready")) {
            bindings.forEach(BindingView::awaitReady);
            operator.process().kill();
        }
        bindings.add(lateBinding());
        platform.azure().requestLog().listen(this::observe);
        for (Point point : Point.values()) {
            round(point);
        }
        assertThat(tenant.assignments())
                .extracting(Assignment::id)
                .extracting(id -> id.name())
                .as("what is not revoked: %s", kept)
                .containsAll(kept.keySet());
        bindings.forEach(BindingView::awaitReady);
    }

    /** One hour: a life that is killed at the point, and one that does what is left. */
    private void round(Point point) throws InterruptedException {
        fill();
        Set<String> first = candidates.keySet().stream().limit(FIRST).collect(Collectors.toSet());
        assertThat(tenant.assignments()).hasSize(TOTAL);
        seed(first, true);
        deletions.clear();
        Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        try (OperatorProcess operator = start("killed-" + point)) {
            arm(point);
            await(point, () -> isReached(point, began));
            operator.process().kill();
        }
        int recorded = recordedSince(began).size();
        assertThat(recordedSince(began)).as("%s", point).isSubsetOf(first);
        check(point, began, first);

        platform.azure().faults().clear();
        seed(candidates.keySet(), false);
        try (OperatorProcess operator = start("after-" + point)) {
            await(point, () -> recordedSince(began).size() >= SHARE);
            List<String> decided = recordedSince(began).subList(recorded, SHARE);
            BindingView.patiently("the revocations in Azure").untilAsserted(() -> assertThat(tenant.assignments())
                    .noneMatch(assignment -> decided.contains(assignment.id().name())));
            assertThat(operator.process().isAlive()).isTrue();
            operator.process().kill();
        }
        assertThat(recordedSince(began)).as("%s", point).hasSize(SHARE);
        check(point, began, candidates.keySet());
    }

    private void check(Point point, Instant began, Set<String> due) {
        assertThat(deletions)
                .as("%s: recorded before Azure received it, kept is %s", point, kept)
                .allSatisfy(deletion -> {
                    assertThat(due).contains(deletion.assignment());
                    assertThat(deletion.recorded()).isTrue();
                });
        assertThat(deletions.stream().map(Deletion::assignment).distinct())
                .as("%s: the share of an hour, since %s", point, began)
                .hasSizeLessThanOrEqualTo(SHARE);
    }

    // What exists

    private List<BindingView> bindings() {
        List<BindingView> bindings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ManagedIdentity identity = tenant.workload("bound-" + i);
            kept.put(LocalPlatform.assignmentName(identity.objectId()), "bound");
            bindings.add(tenant.bind("bound-" + i, "bound-" + i));
        }
        ManagedIdentity adopter = tenant.workload("adopter");
        others("terraform", adopter.objectId(), "adopted");
        bindings.add(tenant.bind("adopter", "adopter"));
        return bindings;
    }

    /** An old leftover in the stored report, until its identity is bound. */
    private BindingView lateBinding() {
        ManagedIdentity late = tenant.workload("late");
        others(LocalPlatform.assignmentName(late.objectId()), late.objectId(), "bound meanwhile");
        return tenant.bind("late", "late");
    }

    private void assigned() {
        for (String name : List.of("export", "ownexport")) {
            String objectId = UUID.randomUUID().toString();
            acknowledged.add(objectId);
            others(name.equals("export") ? name : LocalPlatform.assignmentName(objectId), objectId, "acknowledged");
        }
        String foreign = UUID.randomUUID().toString();
        others(LocalPlatform.assignmentNameOf("another installation", foreign), foreign, "of another installation");
    }

    private void others(String assignment, String objectId, String why) {
        tenant.assignedByOthers(assignment, objectId, Optional.empty());
        kept.put(assignment, why);
    }

    private void register() {
        tenant.registeredWithAccess("{unmanaged: Revoke, leftovers: Revoke, revocation: {gracePeriodSeconds: "
                + GRACE.toSeconds() + ", percentPerHour: " + PERCENT + "}, acknowledged: ["
                + acknowledged.stream()
                        .map(objectId -> "{objectId: " + objectId
                                + ", reason: nightly export, owner: data-team, until: '2099-12-31'}")
                        .collect(Collectors.joining(", "))
                + "]}");
    }

    /** As many candidates as at the beginning, and one of each kind that was not reported before. */
    private void fill() {
        Set<String> there = tenant.assignments().stream()
                .map(assignment -> assignment.id().name())
                .collect(Collectors.toSet());
        candidates.keySet().retainAll(there);
        for (AssignmentKind kind : List.of(AssignmentKind.LEFTOVER, AssignmentKind.UNMANAGED)) {
            long found = candidates.values().stream()
                    .filter(entry -> entry.kind() == kind)
                    .count();
            for (long i = found; i < CANDIDATES; i++) {
                candidate(kind);
            }
        }
        while (tenant.assignments().size() < TOTAL) {
            String objectId = UUID.randomUUID().toString();
            boolean own = tenant.assignments().size() == TOTAL - 2;
            others(own ? LocalPlatform.assignmentName(objectId) : nameOf(objectId), objectId, "not reported before");
        }
    }

    private void candidate(AssignmentKind kind) {
        String objectId = UUID.randomUUID().toString();
        String name = kind == AssignmentKind.LEFTOVER ? LocalPlatform.assignmentName(objectId) : nameOf(objectId);
        tenant.assignedByOthers(name, objectId, Optional.empty());
        candidates.put(name, entry(name, objectId, kind));
    }

    private static String nameOf(String objectId) {
        return "byhand" + objectId.substring(0, 8);
    }

    // The stored report

    private Resource<RedisAccessReport> stored() {
        return platform.client()
                .resources(RedisAccessReport.class)
                .withName(tenant.name() + "." + OwnerMark.of(LocalPlatform.OWNER_ID) + ".1");
    }

    private List<AccessRevocation> revocations() {
        return Optional.ofNullable(stored().get())
                .map(report -> report.getReport().revocations())
                .orElse(List.of());
    }

    /**
     * Writes the report as one that was stored before.
     *
     * @param old what has been in it for longer than the grace period, like all that is kept
     * @param hourPassed whether its revocations are of the hour before
     */
    private void seed(Set<String> old, boolean hourPassed) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<AccessEntry> entries = new ArrayList<>();
        for (Assignment assignment : tenant.assignments()) {
            String name = assignment.id().name();
            AccessEntry candidate = candidates.get(name);
            String why = kept.get(name);
            if (candidate != null) {
                Instant since = old.contains(name) ? now.minus(LONG_AGO) : now;
                entries.add(candidate.seen(since.toString(), since.toString()));
            } else if (!why.equals("not reported before")) {
                entries.add(entry(name, assignment.objectId(), kindOf(why))
                        .seen(
                                now.minus(LONG_AGO).toString(),
                                now.minus(LONG_AGO).toString()));
            }
        }
        List<AccessRevocation> recorded = revocations().stream()
                .map(revocation -> hourPassed ? before(revocation) : revocation)
                .toList();
        RedisAccessReport report = stored().get();
        boolean exists = report != null;
        if (!exists) {
            report = new RedisAccessReport();
            report.setMetadata(new ObjectMetaBuilder()
                    .withName(tenant.name() + "." + OwnerMark.of(LocalPlatform.OWNER_ID) + ".1")
                    .build());
        }
        report.setReport(new AccessReportPage(
                tenant.name(),
                OwnerMark.of(LocalPlatform.OWNER_ID).toString(),
                1,
                1,
                null,
                entries,
                recorded.isEmpty() ? null : recorded));
        Resource<RedisAccessReport> written = platform.client().resource(report);
        if (exists) {
            written.update();
        } else {
            written.create();
        }
    }

    /** What was bound only after it was reported as a leftover is one in the report. */
    private static AssignmentKind kindOf(String why) {
        return switch (why) {
            case "bound" -> AssignmentKind.BOUND;
            case "adopted" -> AssignmentKind.ADOPTED;
            case "acknowledged" -> AssignmentKind.ACKNOWLEDGED;
            case "bound meanwhile" -> AssignmentKind.LEFTOVER;
            default -> AssignmentKind.UNMANAGED;
        };
    }

    private static AccessEntry entry(String name, String objectId, AssignmentKind kind) {
        return new AccessEntry(objectId, name, "full", kind, null, null, null, null, null, null, null, null, null);
    }

    private static AccessRevocation before(AccessRevocation revocation) {
        return new AccessRevocation(
                revocation.objectId(),
                revocation.assignment(),
                revocation.kind(),
                revocation.since(),
                Instant.parse(revocation.at()).minus(LONG_AGO).toString());
    }

    /** The assignments whose revocation was decided since then. One that was decided twice counts twice. */
    private List<String> recordedSince(Instant began) {
        return revocations().stream()
                .filter(revocation -> !Instant.parse(revocation.at()).isBefore(began))
                .map(AccessRevocation::assignment)
                .toList();
    }

    // The process

    private OperatorProcess start(String pod) {
        return platform.startProcess(pod.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Called while ARM has the request and the operator has no response. */
    private void observe(RequestLog.Entry request) {
        if (request.service().equals("arm") && request.method().equals("DELETE")) {
            String name = request.path().substring(request.path().lastIndexOf('/') + 1);
            deletions.add(new Deletion(name, revocations().stream().anyMatch(revocation -> revocation
                    .assignment()
                    .equals(name))));
        }
    }

    private void arm(Point point) {
        platform.azure().faults().clear();
        if (point == Point.DELETE_ARRIVES) {
            var slow = new FaultAction(0, null, Map.of(), ARRIVAL_MILLIS, false, false, false, false, false, 0);
            platform.azure().faults().add(new FaultRule(Service.ARM, "DELETE", "accessPolicyAss", "", 0, 1, slow));
        }
    }

    private boolean isReached(Point point, Instant began) {
        return switch (point) {
            case RECORDED -> !recordedSince(began).isEmpty();
            case DELETE_ARRIVES -> platform.azure().faults().active().stream().anyMatch(active -> active.hit() > 0);
            case DELETE_ACCEPTED -> !deletions.isEmpty();
            case REPORTED -> {
                Set<String> reported = Optional.ofNullable(stored().get()).stream()
                        .flatMap(report -> report.getReport().entries().stream())
                        .map(AccessEntry::assignment)
                        .collect(Collectors.toSet());
                List<String> recorded = recordedSince(began);
                yield !recorded.isEmpty() && recorded.stream().noneMatch(reported::contains);
            }
        };
    }

    private void await(Point point, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s: recorded %s, deleted %s", point, revocations(), deletions)
                    .isLessThan(end);
            Thread.sleep(LOOK.toMillis());
        }
    }
}
