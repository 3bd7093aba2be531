package dev.redisaccess.operator.sequences;

import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.azure.DrivenAccess;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.Verifier;
import dev.redisaccess.operator.binding.review.AccessClassifier;
import dev.redisaccess.operator.binding.review.AccessReview;
import dev.redisaccess.operator.binding.review.Acknowledgements;
import dev.redisaccess.operator.binding.review.ReviewedAssignment;
import dev.redisaccess.operator.controller.pass.BindingMemoryStore;
import dev.redisaccess.operator.controller.pass.BindingPasses;
import dev.redisaccess.operator.controller.pass.FakeReports;
import dev.redisaccess.operator.controller.pass.PassResult;
import dev.redisaccess.operator.controller.pass.ReviewPass;
import dev.redisaccess.operator.controller.pass.WorkLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One process of the operator: the real passes over the real Azure side, with one thread, and with a framework that does what
 * java-operator-sdk does: passes when woken or due, a status write after each, a retry after what was thrown.
 */
final class ModelOperator {

    static final OwnerMark MARK = OwnerMark.of("the model");
    static final TenantId TENANT = new TenantId("dddddddd-0000-0000-0000-000000000001");
    private static final OperatorIdentity IDENTITY = new OperatorIdentity(TENANT, Optional.empty(), Optional.empty());
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ModelCluster cluster;
    private final ModelAzure azure;
    private final Clock clock;
    private final Consumer<String> log;
    private final RandomGenerator random;
    private final DrivenAccess driven;
    private final Map<BindingKey, Instant> due =
            new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
    private final BindingPasses passes;
    private final ReviewPass reviews;
    private final FakeReports reports;
    private Instant reviewDue = Instant.MIN;

    ModelOperator(
            ModelCluster cluster,
            ModelAzure azure,
            FakeReports reports,
            Clock clock,
            RandomGenerator random,
            Consumer<String> log) {
        this.reports = reports;
        this.log = log;
        this.cluster = cluster;
        this.azure = azure;
        this.clock = clock;
        this.random = random;
        driven = DrivenAccess.start(clock, azure, MARK, random);
        passes = BindingPasses.compose(
                new BindingPasses.Outside(
                        cluster,
                        driven.access(),
                        (source, last, timeout) -> token(source.clientId()),
                        (endpoint, policy, token, rule, timeout) -> login(token, rule),
                        new ModelPublisher(),
                        new ModelPublisher()),
                new BindingPasses.Settings(IDENTITY, MARK, WorkLimits.of(16), "scope", false),
                new BindingPasses.Execution(task -> driven.after(soon(), task), clock, random, Telemetry.NONE),
                new BindingMemoryStore(),
                this::wake);
        reviews = new ReviewPass(cluster, driven.access(), passes.peers(), MARK, reports, clock, clock);
        driven.access().listen((database, concerned) -> passes.peers()
                .concerned(database, concerned)
                .map(BindingKey::of)
                .forEach(this::wake));
        driven.access().watch(database(cluster), Duration.ofSeconds(300));
        cluster.known.clear();
        List.copyOf(cluster.stored.keySet()).forEach(this::notifyOf);
    }

    private static DatabaseId database(ModelCluster cluster) {
        return DatabaseResolution.idOf(cluster.registered().get(0)).toOptional().orElseThrow();
    }

    /** The object id of an identity. */
    static ObjectId objectId(ClientId client) {
        return new ObjectId(client.value().replace('c', 'a'));
    }

    /** The informer receives a binding. */
    void notifyOf(BindingKey key) {
        if (cluster.notifyOf(key)) {
            wake(key);
        }
    }

    void wakeAll() {
        cluster.known.keySet().forEach(this::wake);
    }

    private void wake(BindingKey key) {
        due.put(key, clock.instant());
        if (reviews != null && reviews.bindingChanged(ModelCluster.DATABASE)) {
            reviewDue = clock.instant();
        }
    }

    /** How many assignments are reported as left over. */
    int leftovers() {
        DatabaseId database = database(cluster);
        return driven.access()
                .snapshot(database)
                .flatMap(DatabaseSnapshot::inventory)
                .map(inventory -> (int) AccessClassifier.classify(
                                inventory,
                                MARK,
                                passes.peers().uses(database),
                                Acknowledgements.of(cluster.registered()),
                                LocalDate.EPOCH)
                        .assignments()
                        .stream()
                        // An acknowledged leftover is acknowledged.
                        .filter(each -> each.uses().isEmpty() && MARK.isOn(each.assignment()))
                        .count())
                .orElse(0);
    }

    /** Lets time pass, with all that is due in it. */
    void advance(Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            runDue();
            Duration step = Duration.ofMillis(100);
            Duration rest = Duration.between(clock.instant(), end);
            driven.advance(step.compareTo(rest) < 0 ? step : rest);
        }
        runDue();
    }

    /** The observer: what it stores is compared with the inventory that it was made from. */
    private void review() {
        RedisDatabase registered = cluster.registered().get(0);
        reports.down = random.nextDouble() < azure.faults;
        ReviewPass.Outcome outcome = reviews.run(registered, database(cluster), Duration.ofSeconds(300));
        reports.down = false;
        reviewDue = clock.instant().plus(outcome.next());
        if (!outcome.stored()) {
            return;
        }
        AccessReview review = outcome.review().get();
        List<String> reviewed = review.assignments().stream()
                .map(each -> each.assignment().name() + " " + each.kind())
                .sorted()
                .toList();
        List<String> stored = reports.entries().stream()
                .map(entry -> entry.assignment() + " " + entry.kind())
                .sorted()
                .toList();
        if (!stored.equals(reviewed)) {
            throw new AssertionError("the report has " + stored + ", the review " + reviewed);
        }
        for (ReviewedAssignment each : review.assignments()) {
            if (each.kind() == AssignmentKind.BOUND && !MARK.isOn(each.assignment())) {
                throw new AssertionError("bound, and of others: " + each);
            }
        }
        outcome.revoked().forEach(revocation -> log.accept("    excess " + revocation));
    }

    private void runDue() {
        if (!clock.instant().isBefore(reviewDue)) {
            review();
        }
        for (BindingKey key : List.copyOf(due.keySet())) {
            if (!due.get(key).isAfter(clock.instant())) {
                due.remove(key);
                Optional.ofNullable(cluster.known.get(key)).ifPresent(binding -> reconcile(key, binding));
            }
        }
    }

    private void reconcile(BindingKey key, RedisAccessBinding binding) {
        if (binding.isMarkedForDeletion()) {
            // The framework saw its finalizer go, though the informer may not have received it.
            if (cluster.isStored(key, binding)) {
                cleanUp(key, binding);
            }
            return;
        }
        writeAndSchedule(key, binding, passes.binding().run(binding));
    }

    private void cleanUp(BindingKey key, RedisAccessBinding binding) {
        PassResult result = passes.revocation().run(binding);
        if (result.released().isPresent()) {
            log.accept(
                    "    " + key.name() + " is released: " + result.released().get());
            cluster.remove(key);
            cluster.released(binding);
            return;
        }
        writeAndSchedule(key, binding, result);
    }

    private void writeAndSchedule(BindingKey key, RedisAccessBinding binding, PassResult result) {
        if (!result.write() || write(key, binding, result)) {
            result.nextPass()
                    .delay(clock.instant())
                    .ifPresent(delay -> due.putIfAbsent(key, clock.instant().plus(delay)));
        }
    }

    /** False: the API server did not accept it, or its response was lost; the framework calls the pass again. */
    private boolean write(BindingKey key, RedisAccessBinding binding, PassResult report) {
        if (random.nextDouble() < azure.faults / 4) {
            due.put(key, clock.instant().plus(RETRY));
            return false;
        }
        checkClaim(key, binding, report);
        log.accept("    " + key.name() + " is "
                + report.findings().get(ConditionType.READY).reason().text() + " "
                + report.status().assignment());
        cluster.status(key, report.status());
        if (cluster.stored.get(key).isMarkedForDeletion() && !binding.isMarkedForDeletion()) {
            wake(key);
        }
        if (random.nextDouble() < azure.faults / 40) {
            throw new ModelAzure.Killed();
        }
        return true;
    }

    /** A status must not claim access that Azure does not have, unless another client has just removed it. */
    private void checkClaim(BindingKey key, RedisAccessBinding binding, PassResult report) {
        Finding ready = report.findings().get(ConditionType.READY);
        if (ready.holds()) {
            ObjectId principal = new ObjectId(report.status().identity().objectId());
            // Where Azure hides the access, another client may have narrowed it.
            boolean works = cluster.requested(binding)
                    .filter(wanted -> azure.of(principal)
                            .filter(entry -> entry.gives(wanted))
                            .isPresent())
                    .isPresent();
            if (!works && !cluster.meddled.contains(principal)) {
                throw new AssertionError("status of " + key + " claims Ready without access of " + principal);
            }
        }
    }

    private Result<WorkloadToken> token(ClientId client) {
        if (random.nextDouble() < azure.faults) {
            return Result.failed(Problem.of(Reason.ENTRA_UNAVAILABLE, "The model's Entra is down."));
        }
        var principal = new Principal(client, objectId(client), TENANT);
        azure.exchanged.add(principal.objectId());
        Instant now = clock.instant();
        return Result.ok(new WorkloadToken(
                "secret",
                new WorkloadToken.Claims(
                        principal, "https://redis.azure.com", now.minusSeconds(60), now.plusSeconds(3600))));
    }

    private Result<Verifier.Login> login(WorkloadToken token, Optional<AccessString> rule) {
        ObjectId principal = token.principal().objectId();
        Optional<ModelAzure.Entry> inEffect =
                azure.of(principal).filter(entry -> entry.assignment().state() == ProvisioningState.Succeeded);
        String wanted = rule.orElse(AccessString.FULL).text();
        if (rule.isPresent() && inEffect.filter(entry -> !entry.gives(wanted)).isPresent()) {
            return Result.failed(Problem.of(Reason.ALLOWED_COMMAND_DENIED, "Another access."));
        }
        if (random.nextDouble() < azure.faults
                || inEffect.filter(entry -> entry.gives(wanted)).isEmpty()) {
            return Result.failed(Problem.of(Reason.NOT_AUTHORIZED, "WRONGPASS"));
        }
        Duration moment = Duration.ofMillis(2);
        return Result.ok(new Verifier.Login(
                principal.value(), "7.4.0", moment, moment, moment, rule.isPresent() ? "Probed." : ""));
    }

    private Duration soon() {
        return Duration.ofMillis(random.nextLong(10, 3000));
    }
}
