package dev.redisaccess.operator.sequences;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.ExcessPolicy;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.Retention;
import dev.redisaccess.operator.api.RevocationLimits;
import dev.redisaccess.operator.azure.DrivenAccess;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.controller.pass.FakeReports;
import dev.redisaccess.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A random life of a few bindings of one database, the same for the same seed. */
final class Sequence {

    private static final int STEPS = 40;

    /** An informer is no more behind than this. */
    private static final Duration LAG = Duration.ofSeconds(2);

    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final List<String> BINDINGS = List.of("a", "b", "c", "d");
    private static final List<String> ACCOUNTS = List.of("orders", "billing");
    private static final List<String> PROFILES = List.of("reader", "writer", "cleaner");
    private static final List<String> RULES = List.of(
            "+@read ~{namespace}:*",
            "+@read ~*",
            "+@all -@dangerous ~{namespace}:*",
            "+get %R~{namespace}:*",
            "+get ~" + ModelAzure.REFUSED);
    static final List<ClientId> CLIENTS = List.of(client(1), client(2), client(3));

    private final Random random;
    private final Clock clock = DrivenAccess.newClock();
    final ModelCluster cluster;
    final ModelAzure azure;
    final List<String> history = new ArrayList<>();
    private ModelOperator operator;
    /** Whether the platform team uses profiles. */
    private final boolean limited;

    int kills;
    int excessRevoked;
    /** Whether a status was forged or lost: what the operator granted can then be found as a leftover only. */
    boolean statusLost;

    /** Whether what nothing explains is revoked. */
    private final boolean revokes;

    /** As the API server keeps them, across kills. */
    final FakeReports reports = new FakeReports();

    Sequence(long seed) {
        random = new Random(seed);
        revokes = random.nextInt(3) == 0;
        ExcessPolicy policy = revokes ? ExcessPolicy.REVOKE : ExcessPolicy.REPORT;
        cluster = new ModelCluster(
                random.nextBoolean() ? Retention.ALLOWED : null,
                new DatabaseAccessSpec(
                        null,
                        null,
                        List.of(new Acknowledgement(
                                ModelOperator.objectId(CLIENTS.get(2)).value(), "export", "data", "2999-12-31")),
                        policy,
                        policy,
                        new RevocationLimits((int) GRACE.toSeconds(), 100)));
        azure = new ModelAzure(clock, random, this::log, cluster::isRequested);
        azure.excess = this::checkExcess;
        limited = random.nextInt(3) > 0;
        ACCOUNTS.forEach(account -> cluster.serviceAccount(account, any(CLIENTS).value(), true));
        operator = new ModelOperator(cluster, azure, reports, clock, random, this::log);
    }

    /** The bindings whose status a tenant has written. */
    private final Set<BindingKey> forged = new HashSet<>();

    /** Another client's assignment is deleted only if it was reported for long enough, and no binding explains it. */
    private void checkExcess(ModelAzure.Entry entry) {
        String name = entry.assignment().name();
        ObjectId principal = entry.assignment().objectId().orElseThrow();
        if (!revokes || principal.equals(ModelOperator.objectId(CLIENTS.get(2)))) {
            throw new AssertionError("a DELETE of an assignment of another creator: " + entry);
        }
        boolean recorded = reports.revocations().stream()
                .anyMatch(revocation -> revocation.assignment().equals(name)
                        && revocation.objectId().equals(principal.value())
                        && !Instant.parse(revocation.since()).plus(GRACE).isAfter(Instant.parse(revocation.at())));
        boolean bound = cluster.known.values().stream()
                .filter(binding -> !binding.isMarkedForDeletion() && cluster.isAdmitted())
                // Full access is explained only by a binding that may have it.
                .filter(binding -> !entry.assignment().access().isFull()
                        || cluster.fullAllowed && binding.getSpec().accessProfile() == null)
                // A forged status binds nothing, also where the account had that identity once.
                .filter(binding -> cluster.isOrWas(
                        binding.getSpec().serviceAccountName(), principal, forged.contains(BindingKey.of(binding))))
                .map(RedisAccessBinding::getStatus)
                .anyMatch(status -> status != null
                        && status.identity() != null
                        && principal.value().equals(status.identity().objectId()));
        if (!recorded || bound) {
            throw new AssertionError("a DELETE of " + entry + ": recorded " + recorded + ", bound " + bound);
        }
        excessRevoked++;
    }

    private static ClientId client(int number) {
        return new ClientId("cccccccc-0000-0000-0000-00000000000" + number);
    }

    /** A revocation at the last moment, when the share of an hour is free again, is in the report with the next review. */
    void awaitReview() {
        for (int minute = 0; minute < 15 && !isReportCurrent(); minute++) {
            pass(Duration.ofMinutes(1));
        }
    }

    private boolean isReportCurrent() {
        return reports.entries().stream()
                .map(AccessEntry::assignment)
                .collect(Collectors.toSet())
                .equals(azure.truth().keySet());
    }

    /** All events and faults at random; then they stop, and time passes. */
    void run() {
        azure.showsAccess = random.nextInt(3) > 0;
        azure.faults = any(List.of(0.0, 0.05, 0.3, 0.6));
        for (int step = 0; step < STEPS; step++) {
            act();
            pass(Duration.ofMillis(random.nextLong(1, any(List.of(500L, 5_000L, 40_000L, 400_000L)))));
        }
        log("faults stop");
        azure.faults = 0;
        cluster.profiles.replaceAll((name, rule) -> rule.contains(ModelAzure.REFUSED) ? RULES.get(0) : rule);
        cluster.admit(true);
        ACCOUNTS.stream()
                .filter(account -> !cluster.hasServiceAccount(account))
                .forEach(account -> cluster.serviceAccount(account, any(CLIENTS).value(), true));
        // Once, as the informers would; after that, passes run only when one has scheduled the next.
        operator.wakeAll();
        for (int minute = 0; minute < 60; minute++) {
            BINDINGS.forEach(binding -> operator.notifyOf(key(binding)));
            pass(Duration.ofSeconds(60));
        }
    }

    private void pass(Duration time) {
        try {
            boolean longer = time.compareTo(LAG) > 0;
            operator.advance(longer ? LAG : time);
            if (longer) {
                BINDINGS.forEach(binding -> operator.notifyOf(key(binding)));
                operator.advance(time.minus(LAG));
            }
        } catch (ModelAzure.Killed killed) {
            restart();
        }
    }

    private void restart() {
        log("killed");
        kills++;
        operator = new ModelOperator(cluster, azure, reports, clock, random, this::log);
    }

    private void act() {
        if (limited && random.nextInt(4) == 0) {
            profile();
        }
        switch (random.nextInt(18)) {
            case 0, 1, 2, 3 -> bind();
            case 4, 5 -> delete();
            case 6 -> otherIdentity();
            case 7 -> madeByOthers();
            case 8 -> removedByOthers();
            case 9 -> restart();
            case 10 -> serviceAccountGone();
            case 11 -> admission();
            case 12 -> narrowedByOthers();
            case 13 -> forged();
            case 14 -> lost();
            default -> notifyOfSome();
        }
        if (random.nextInt(3) > 0) {
            notifyOfSome();
        }
    }

    /** The informer catches up, with some bindings at least. */
    private void notifyOfSome() {
        BINDINGS.stream().filter(any -> random.nextBoolean()).forEach(binding -> operator.notifyOf(key(binding)));
    }

    private void bind() {
        BindingKey key = key(any(BINDINGS));
        DeletionPolicy policy = random.nextInt(5) == 0 ? DeletionPolicy.RETAIN : DeletionPolicy.DELETE;
        String profile = limited && random.nextInt(3) > 0 ? any(PROFILES) : null;
        log("apply " + key.name() + " " + policy + " " + profile);
        cluster.bind(key, any(ACCOUNTS), policy, profile);
    }

    /** The platform team adds, changes or removes a profile, or forbids full access. */
    private void profile() {
        String name = any(PROFILES);
        switch (random.nextInt(8)) {
            case 0 -> cluster.profiles.remove(name);
            case 1 -> cluster.fullAllowed = !cluster.fullAllowed;
            default -> cluster.profiles.put(name, any(RULES));
        }
        log("profiles " + cluster.profiles + ", full access: " + cluster.fullAllowed);
        cluster.register();
        operator.wakeAll();
    }

    private void delete() {
        BindingKey key = key(any(BINDINGS));
        RedisAccessBinding binding = cluster.stored.get(key);
        if (binding == null || binding.isMarkedForDeletion()) {
            return;
        }
        log("delete " + key.name());
        cluster.delete(key);
    }

    private void otherIdentity() {
        String account = any(ACCOUNTS);
        ClientId client = any(CLIENTS);
        log("account " + account + " is " + client);
        cluster.serviceAccount(account, client.value(), random.nextBoolean());
        operator.wakeAll();
    }

    private void serviceAccountGone() {
        String account = any(ACCOUNTS);
        log("account " + account + " is gone");
        cluster.removeServiceAccount(account);
        operator.wakeAll();
    }

    private void admission() {
        boolean admitted = random.nextBoolean();
        log("namespace admitted: " + admitted);
        cluster.admit(admitted);
        operator.wakeAll();
    }

    private void madeByOthers() {
        ObjectId principal = ModelOperator.objectId(any(CLIENTS));
        String name = random.nextBoolean() ? "by-hand" : principal.value();
        Access access = random.nextInt(3) == 0 ? Access.restricted("+@read ~*") : Access.full();
        if (azure.madeByOthers(name, principal, access)) {
            log("others make " + name + " for " + principal + " " + access);
            cluster.meddled.add(principal);
        }
    }

    private void narrowedByOthers() {
        ObjectId principal = ModelOperator.objectId(any(CLIENTS));
        boolean typo = random.nextBoolean();
        log("others narrow " + principal + (typo ? " with a typo" : ""));
        azure.narrowedByOthers(principal, typo);
        cluster.meddled.add(principal);
    }

    /** A tenant with permission to write statuses claims an identity, an assignment, and that all is well. */
    private void forged() {
        BindingKey key = key(any(BINDINGS));
        RedisAccessBinding binding = cluster.stored.get(key);
        if (binding == null) {
            return;
        }
        ClientId client = any(CLIENTS);
        ObjectId principal = ModelOperator.objectId(any(CLIENTS));
        log("forged status of " + key.name() + ": " + client + " is " + principal);
        forged.add(key);
        long generation = binding.getMetadata().getGeneration();
        List<Condition> conditions = Conditions.of(
                Map.of(
                        ConditionType.IDENTITY_RESOLVED,
                        Finding.of(Reason.WORKLOAD_IDENTIFIED, "Forged."),
                        ConditionType.ACCESS_GRANTED,
                        Finding.of(Reason.ACCESS_GRANTED, "Forged.")),
                generation,
                null,
                clock.instant());
        cluster.foreignStatus(
                key,
                new RedisAccessBindingStatus(
                        generation,
                        conditions,
                        null,
                        new IdentityStatus(
                                client.value(), principal.value(), ModelOperator.TENANT.value(), Federation.DIRECT),
                        new AssignmentStatus(
                                ModelOperator.MARK.assignmentName(principal),
                                any(List.of(AssignmentOrigin.values())),
                                "Succeeded",
                                null),
                        null,
                        null,
                        null));
        cluster.meddled.add(principal);
        statusLost = true;
    }

    /** A restore from a backup: the object is there, its status is not. */
    private void lost() {
        BindingKey key = key(any(BINDINGS));
        if (cluster.stored.containsKey(key)) {
            log("status of " + key.name() + " is lost");
            cluster.foreignStatus(key, null);
            statusLost = true;
        }
    }

    int leftovers() {
        return operator.leftovers();
    }

    private void removedByOthers() {
        ObjectId principal = ModelOperator.objectId(any(CLIENTS));
        log("others remove " + principal);
        azure.removedByOthers(principal);
        cluster.meddled.add(principal);
    }

    private void log(String what) {
        history.add(clock.instant() + " " + what);
    }

    static BindingKey key(String name) {
        return new BindingKey(ModelCluster.NAMESPACE, name);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
