package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DatabaseAccessStatus;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseReport;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.controller.pass.BindingsByIdentity;
import dev.redisaccess.operator.kubernetes.PruningItemStore;
import dev.redisaccess.operator.status.Conditions;
import dev.redisaccess.operator.telemetry.TransitionReporter;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Reconciles registered databases: has each watched in Azure, and reports what was read. */
public final class RedisDatabaseReconciler implements Reconciler<RedisDatabase>, Cleaner<RedisDatabase> {

    private static final int DEFAULT_RESYNC_SECONDS = 300;

    /** While a deletion waits for bindings: their end wakes no database. */
    private static final Duration DELETION_POLL = Duration.ofSeconds(5);

    private final DatabaseAccess azure;
    private final InformerClusterView cluster;
    private final BindingsByIdentity peers;
    private final OwnerMark mark;
    private final TransitionReporter transitions;
    private final Clock clock;
    private final PruningItemStore<RedisDatabase> store = new PruningItemStore<>(PruningItemStore::database);
    private final StatusWriter<RedisDatabase> statuses = new StatusWriter<>(store);
    private final WakeupEventSource<RedisDatabase> wakeups = new WakeupEventSource<>("database-wakeups");
    private final Map<DatabaseId, Instant> countedAt = new ConcurrentHashMap<>();
    private volatile IndexerResourceCache<RedisDatabase> databases;

    public RedisDatabaseReconciler(
            DatabaseAccess azure,
            InformerClusterView cluster,
            BindingsByIdentity peers,
            OwnerMark mark,
            TransitionReporter transitions,
            Clock clock) {
        this.azure = azure;
        this.cluster = cluster;
        this.peers = peers;
        this.mark = mark;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** All registrations in the informer's store. They must not be changed. */
    public Stream<RedisDatabase> stored() {
        return store.values();
    }

    /** For the informer of this kind. */
    PruningItemStore<RedisDatabase> store() {
        return store;
    }

    @Override
    public List<EventSource<?, RedisDatabase>> prepareEventSources(EventSourceContext<RedisDatabase> context) {
        databases = context.getPrimaryCache();
        return List.of(wakeups);
    }

    /** Requests a pass over the registrations of a database that has changed in Azure. */
    public void wake(DatabaseId database) {
        Optional.ofNullable(databases).stream()
                .flatMap(known -> known.list(registered -> registers(registered, database)))
                .map(ResourceID::fromResource)
                .forEach(wakeups::wake);
    }

    @Override
    public UpdateControl<RedisDatabase> reconcile(RedisDatabase registered, Context<RedisDatabase> context) {
        Result<DatabaseId> id = DatabaseResolution.idOf(registered);
        id.toOptional().ifPresent(known -> azure.watch(known, resyncPeriod(registered)));
        Optional<DatabaseSnapshot> snapshot = id.toOptional().flatMap(azure::snapshot);
        var report = id.fold(known -> DatabaseReport.of(snapshot), DatabaseReport::refused);
        RedisDatabaseStatus before = registered.getStatus();
        // What was found before this process started holds until the first reading.
        if (before != null && report.reading()) {
            return UpdateControl.noUpdate();
        }
        RedisDatabaseStatus status = status(registered, report, snapshot);
        if (!status.equals(before)) {
            transitions.reported(registered, before, report.findings().get(ConditionType.READY));
            wakeups.wakeIfOvertaken(registered, statuses.apply(withStatus(registered, status), context));
        }
        return UpdateControl.noUpdate();
    }

    /** What is not known now stays as it was. */
    private RedisDatabaseStatus status(
            RedisDatabase registered, DatabaseReport report, Optional<DatabaseSnapshot> snapshot) {
        RedisDatabaseStatus before = Optional.ofNullable(registered.getStatus())
                .orElseGet(() -> new RedisDatabaseStatus(null, null, null, null, null, null));
        long generation =
                Optional.ofNullable(registered.getMetadata().getGeneration()).orElse(0L);
        Optional<Database> database = report.database();
        return new RedisDatabaseStatus(
                generation,
                database.map(Database::endpoint).orElse(before.endpoint()),
                database.map(found -> found.clusteringPolicy().name()).orElse(before.clusteringPolicy()),
                database.map(found -> found.accessKeysEnabled() ? "Enabled" : "Disabled")
                        .orElse(before.accessKeysAuthentication()),
                access(registered, snapshot, before.access()),
                Conditions.of(report.findings(), generation, before.conditions(), clock.instant()));
    }

    /**
     * The leftovers, counted once for each reading: so operations of the lanes cost no search of all bindings, and what is
     * being granted or revoked does not count. While they are not known, the former count stays.
     */
    private DatabaseAccessStatus access(
            RedisDatabase registered, Optional<DatabaseSnapshot> snapshot, DatabaseAccessStatus former) {
        Optional<DatabaseId> id = DatabaseResolution.idOf(registered).toOptional();
        Optional<Inventory> inventory = snapshot.flatMap(DatabaseSnapshot::inventory);
        if (id.isEmpty() || inventory.isEmpty() || !cluster.isAttached()) {
            return former;
        }
        Instant readAt = inventory.get().readAt();
        if (readAt.equals(countedAt.get(id.get())) || peers.admitted(id.get()).anyMatch(peers::unidentified)) {
            return former;
        }
        countedAt.put(id.get(), readAt);
        int leftover = inventory.get().leftovers(mark, peers.needed(id.get()));
        if (leftover > (former == null || former.leftover() == null ? 0 : former.leftover())) {
            transitions.leftover(registered, leftover);
        }
        return new DatabaseAccessStatus(leftover);
    }

    /** Waits for the bindings: without the registration, their access could not be revoked. */
    @Override
    public DeleteControl cleanup(RedisDatabase registered, Context<RedisDatabase> context) {
        Optional<DatabaseId> id = DatabaseResolution.idOf(registered).toOptional();
        List<RedisAccessBinding> left = cluster
                .bindingsOf(registered.getMetadata().getName())
                .stream()
                .filter(binding -> peers.holdsAccess(registered, binding, id.flatMap(azure::snapshot), mark))
                .toList();
        if (!left.isEmpty()) {
            transitions.inUse(registered, left);
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(DELETION_POLL.toMillis());
        }
        id.filter(known -> databases.list(other -> registers(other, known)).count() <= 1)
                .ifPresent(known -> {
                    azure.forget(known);
                    countedAt.remove(known);
                });
        return DeleteControl.defaultDelete();
    }

    private static boolean registers(RedisDatabase registered, DatabaseId database) {
        return DatabaseResolution.idOf(registered).fold(database::equals, problem -> false);
    }

    private static Duration resyncPeriod(RedisDatabase registered) {
        return Duration.ofSeconds(
                Optional.ofNullable(registered.getSpec().resyncPeriodSeconds()).orElse(DEFAULT_RESYNC_SECONDS));
    }

    private static RedisDatabase withStatus(RedisDatabase registered, RedisDatabaseStatus status) {
        var fresh = new RedisDatabase();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(registered.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}
