package dev.redisaccess.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.StatusHistory;
import dev.redisaccess.systemtest.scenario.Tenant;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** One cell: brings a binding to a step, injects a fault, observes, removes it, and compares the result with Azure. */
final class Cell implements Callable<CellResult> {

    private static final String BINDING = "cache";
    private static final String ACCOUNT = "orders";

    /** A verification of a Ready binding is due within 66 s, and a failure is retried within a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private static final int ATTEMPTS = 4;

    /** The lane polls Azure once a second; if it does not, it has seen the end. */
    private static final Duration LOOKED = Duration.ofMillis(1100);

    /** How long a binding must stay unchanged: longer than several readings of the database. */
    private static final Duration STANDS = Duration.ofSeconds(8);

    private final Fault fault;
    private final Step step;
    private final LocalPlatform platform;
    private final Truth truth;

    private Tenant tenant;
    private ManagedIdentity workload;
    private BindingView binding;
    private StatusHistory history;

    Cell(Fault fault, Step step, LocalPlatform platform, Truth truth) {
        this.fault = fault;
        this.step = step;
        this.platform = platform;
        this.truth = truth;
    }

    Fault fault() {
        return fault;
    }

    Step step() {
        return step;
    }

    /** Steps that pass by themselves are over now and then, on a loaded machine, before the fault has come. */
    @Override
    public CellResult call() {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return play(attempt);
            } catch (StepMissed again) {
                leave();
            }
        }
        return play(ATTEMPTS);
    }

    /** The fault came too late to show anything. */
    private static final class StepMissed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepMissed(Step step) {
            super(step + " was over before the fault came");
        }
    }

    private CellResult play(int attempt) {
        tenant = platform.tenantApart(
                fault.name() + "-" + step.name().toLowerCase(Locale.ROOT) + (attempt == 1 ? "" : "-" + attempt));
        fault.shards().ifPresentOrElse(tenant::withShards, tenant::withDatabase);
        workload = tenant.identity(ACCOUNT);
        trust(workload);
        tenant.serviceAccount(ACCOUNT, workload.clientId());
        binding = new BindingView(platform.client(), tenant.name(), BINDING);
        try (StatusHistory watched = StatusHistory.of(platform.client(), tenant.name());
                Truth.Record record = truth.about(tenant)) {
            history = watched;
            CellResult result = play(record);
            leave();
            return result;
        }
    }

    /** Leaves neither a server nor a resync for later cells. */
    private void leave() {
        binding.delete();
        patiently("the binding gone").until(() -> binding.find().isEmpty());
        tenant.registration().delete();
        patiently("the registration gone").until(() -> tenant.registration().get() == null);
        tenant.removeDatabase();
    }

    private CellResult play(Truth.Record record) {
        Optional<String> other = fault.isAlongsideOthers() ? Optional.of(terraformed()) : Optional.empty();
        approach();
        Scene scene = new Scene(platform, tenant, workload);
        other.ifPresent(scene::keeps);
        Traffic before = Traffic.total(platform, tenant);
        Instant began = Instant.now();
        try {
            fault.begin(scene);
            if (step == Step.GRANTING && own().anyMatch(Cell::succeeded)) {
                throw new StepMissed(step);
            }
            act();
            String shown = look(began, scene);
            fault.mustHold(scene);
            Duration noticed = Duration.between(began, Instant.now());
            Instant healing = Instant.now();
            scene.heal();
            awaitEnd(scene);
            Instant end = Instant.now();
            var claims = new Claims(record, unreported());
            List<String> wrong = claims.falseIn(history.of(BINDING), end);
            if (fault.stopsLogins()) {
                wrong.addAll(claims.readyWithoutLogin(history.of(BINDING), began, healing));
            }
            internalErrors().forEach(message -> wrong.add("an internal error: " + message));
            Traffic traffic = Traffic.since(began, platform, tenant, before);
            wrong.addAll(traffic.tooMuch());
            return new CellResult(shown, noticed, Duration.between(healing, end), traffic, messages(), wrong);
        } finally {
            scene.heal();
        }
    }

    private Duration unreported() {
        return fault.at(step).orElseThrow() instanceof Expectation.Hidden hidden ? hidden.lasts() : Duration.ZERO;
    }

    /** Every fault here has an expected reason. */
    private List<String> internalErrors() {
        return history.of(BINDING).stream()
                .flatMap(version -> version.conditions().stream())
                .filter(condition -> condition.getReason().equals(Reason.INTERNAL_ERROR.text()))
                .map(Condition::getMessage)
                .distinct()
                .toList();
    }

    private Set<String> messages() {
        return history.of(BINDING).stream()
                .flatMap(version -> version.conditions().stream())
                .map(Condition::getMessage)
                .collect(Collectors.toSet());
    }

    /** A principal of others that has access. */
    private String terraformed() {
        String other = UUID.randomUUID().toString();
        tenant.assignedByOthers("terraform", other, Optional.empty());
        patiently("access of others")
                .until(() -> platform.azure().admits(tenant.database().text(), other));
        return other;
    }

    /** The workload's assignments. */
    private Stream<Assignment> own() {
        return tenant.assignments().stream().filter(each -> each.objectId().equals(workload.objectId()));
    }

    /** Up to the moment before the fault. */
    private void approach() {
        if (step == Step.NEW) {
            return;
        }
        tenant.registered();
        bind();
        switch (step) {
            case GRANTING ->
                patiently("Azure at work").until(() -> own().findAny().isPresent());
            case VERIFYING -> patiently("Succeeded, and observed").until(this::seenSucceeded);
            default -> binding.awaitReady();
        }
        if (step == Step.CHANGING) {
            workload = tenant.identity(ACCOUNT + "-next");
            trust(workload);
        }
    }

    private void trust(ManagedIdentity identity) {
        if (fault.federation() == Federation.IDENTITY_BINDING) {
            tenant.bindIdentity(identity, ACCOUNT);
        } else {
            tenant.federate(identity, ACCOUNT);
        }
    }

    /** The lane has looked at the assignment since it Succeeded; a LIST does not update what it works on. */
    private boolean seenSucceeded() {
        boolean succeeded = own().anyMatch(Cell::succeeded);
        if (!succeeded) {
            return false;
        }
        Instant since = Instant.now();
        patiently("the lane's next poll").until(() -> Instant.now().isAfter(since.plus(LOOKED)) || lookedAfter(since));
        return true;
    }

    private boolean lookedAfter(Instant since) {
        return tenant.armRequests().stream()
                .filter(entry -> entry.time().isAfter(since.plusMillis(20)))
                .map(RequestLog.Entry::path)
                .anyMatch(path -> path.contains("/accessPolicyAssignments/"));
    }

    private void bind() {
        tenant.bind(
                BINDING,
                ACCOUNT,
                "verification: {periodSeconds: 60, timeoutSeconds: 2}\nfederation: "
                        + fault.federation().text());
    }

    /** What the step is about, with the fault in force. */
    private void act() {
        switch (step) {
            case NEW -> {
                tenant.registered();
                bind();
            }
            case CHANGING -> tenant.serviceAccount(ACCOUNT, workload.clientId());
            case DELETING -> binding.delete();
            default -> {}
        }
    }

    private String look(Instant began, Scene scene) {
        Expectation expected = fault.at(step).orElseThrow();
        if (expected instanceof Expectation.Shows shows) {
            Set<String> reasons =
                    shows.reasons().stream().map(reason -> reason.text()).collect(Collectors.toSet());
            patiently(expected.toString()).untilAsserted(() -> {
                if (!missed(began)) {
                    assertThat(reasonsSince(began))
                            .as("reasons of Ready since the fault began")
                            .containsAnyElementsOf(reasons);
                }
            });
            if (missed(began)) {
                throw new StepMissed(step);
            }
            return reasonsSince(began).stream()
                    .filter(reasons::contains)
                    .findFirst()
                    .orElseThrow();
        } else if (expected instanceof Expectation.Hidden hidden) {
            Instant over = began.plus(hidden.lasts());
            patiently("some time").until(() -> Instant.now().isAfter(over));
        } else if (expected instanceof Expectation.StaysReady stays) {
            stays.ofDatabase().ifPresent(reason -> patiently("the registration reports " + reason.text())
                    .untilAsserted(() -> assertThat(reasonOfDatabase()).isEqualTo(reason.text())));
            Awaitility.await().during(STANDS).atMost(PATIENCE).until(() -> reasonsSince(began)
                    .isEmpty());
        } else {
            awaitEnd(scene);
        }
        return expected.toString();
    }

    /** A login that was under way when the fault came has made it Ready. */
    private boolean missed(Instant began) {
        return (step == Step.GRANTING || step == Step.VERIFYING)
                && history.of(BINDING).stream()
                        .anyMatch(version -> version.ready() && version.seen().isBefore(began.plus(Claims.UNDER_WAY)));
    }

    private static boolean succeeded(Assignment assignment) {
        return assignment.state() == ProvisioningState.Succeeded;
    }

    /** Why Ready was not True in every version since, and in the present one; each reason once. */
    private List<String> reasonsSince(Instant began) {
        List<StatusHistory.Version> versions = history.of(BINDING);
        StatusHistory.Version current = versions.isEmpty() ? null : versions.get(versions.size() - 1);
        return versions.stream()
                .filter(version -> version.equals(current) || version.seen().isAfter(began))
                .flatMap(version -> version.find(ConditionType.READY).stream())
                .filter(ready -> !ready.getStatus().equals("True"))
                .map(ready -> ready.getReason())
                .distinct()
                .toList();
    }

    private String reasonOfDatabase() {
        return tenant.registration().get().getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals(ConditionType.READY.text()))
                .map(condition -> condition.getReason())
                .findFirst()
                .orElse("");
    }

    private void awaitEnd(Scene scene) {
        var right = new RightState(platform.client(), tenant, workload, binding);
        patiently("the end of " + step).untilAsserted(() -> right.holds(step != Step.DELETING, scene.others()));
        if (step != Step.DELETING) {
            assertThat(binding.status().orElseThrow().identity().federation())
                    .as("the way of the identification")
                    .isEqualTo(fault.federation() == Federation.AUTO ? Federation.DIRECT : fault.federation());
        }
    }

    private ConditionFactory patiently(String what) {
        return Awaitility.await(tenant.name() + ": " + what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .pollDelay(Duration.ZERO);
    }
}
