package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseReport;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.Parsed;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.port.DatabaseSnapshot;
import dev.redisaccess.operator.status.Conditions;
import dev.redisaccess.operator.telemetry.Transitions;
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
import java.util.List;
import java.util.Optional;

/** The framework's edge of registered databases: has each watched in Azure, and says what Azure says. */
public final class RedisDatabaseReconciler implements Reconciler<RedisDatabase>, Cleaner<RedisDatabase> {

    private static final int DEFAULT_RESYNC_SECONDS = 300;

    /** While a deletion waits for bindings, which wake nothing here. */
    private static final Duration DELETION_POLL = Duration.ofSeconds(5);

    private final DatabaseAccess azure;
    private final InformerCluster cluster;
    private final Transitions transitions;
    private final Clock clock;
    private final Pruned<RedisDatabase> store = new Pruned<>(Pruned::database);
    private final StatusWrite<RedisDatabase> statuses = new StatusWrite<>(store);
    private final Wakeups<RedisDatabase> wakeups = new Wakeups<>("database-news");
    private volatile IndexerResourceCache<RedisDatabase> databases;

    public RedisDatabaseReconciler(
            DatabaseAccess azure, InformerCluster cluster, Transitions transitions, Clock clock) {
        this.azure = azure;
        this.cluster = cluster;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** Where the informer of this kind has to keep what it sees. */
    Pruned<RedisDatabase> store() {
        return store;
    }

    @Override
    public List<EventSource<?, RedisDatabase>> prepareEventSources(EventSourceContext<RedisDatabase> context) {
        databases = context.getPrimaryCache();
        return List.of(wakeups);
    }

    /** Azure said something new of this database. */
    public void wake(DatabaseId database) {
        Optional.ofNullable(databases).stream()
                .flatMap(known -> known.list(registered -> means(registered, database)))
                .map(ResourceID::fromResource)
                .forEach(wakeups::wake);
    }

    @Override
    public UpdateControl<RedisDatabase> reconcile(RedisDatabase registered, Context<RedisDatabase> context) {
        Parsed<DatabaseId> id = DatabaseResolution.idOf(registered);
        Optional<DatabaseSnapshot> snapshot = id.fold(
                known -> {
                    azure.watch(known, resyncPeriod(registered));
                    return azure.snapshot(known);
                },
                problem -> Optional.empty());
        var report = id.fold(known -> DatabaseReport.of(snapshot), DatabaseReport::refused);
        long generation =
                Optional.ofNullable(registered.getMetadata().getGeneration()).orElse(0L);
        RedisDatabaseStatus before = registered.getStatus();
        if (before != null && report.reading()) {
            return UpdateControl.noUpdate(); // What was found before this process started stands until it is read anew.
        }
        var status = new RedisDatabaseStatus(
                generation,
                report.database().map(found -> found.endpoint()).orElse(before == null ? null : before.endpoint()),
                report.database()
                        .map(found -> found.clusteringPolicy().name())
                        .orElse(before == null ? null : before.clusteringPolicy()),
                report.database()
                        .map(found -> found.accessKeysEnabled() ? "Enabled" : "Disabled")
                        .orElse(before == null ? null : before.accessKeysAuthentication()),
                before == null ? null : before.access(),
                Conditions.of(
                        report.outcomes(), generation, before == null ? null : before.conditions(), clock.instant()));
        if (status.equals(before)) {
            return UpdateControl.noUpdate();
        }
        transitions.reported(registered, before, report.outcomes().get(ConditionType.READY));
        wakeups.wakeIfOvertaken(registered, statuses.apply(withStatus(registered, status), context));
        return UpdateControl.noUpdate();
    }

    /** Waits for the bindings: without the registration, nobody could revoke what was granted through it. */
    @Override
    public DeleteControl cleanup(RedisDatabase registered, Context<RedisDatabase> context) {
        List<RedisAccessBinding> left = cluster
                .bindingsOf(registered.getMetadata().getName())
                .stream()
                .filter(binding ->
                        binding.getStatus() != null && binding.getStatus().assignment() != null)
                .toList();
        if (!left.isEmpty()) {
            transitions.inUse(registered, left);
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(DELETION_POLL.toMillis());
        }
        DatabaseResolution.idOf(registered)
                .fold(Optional::of, problem -> Optional.<DatabaseId>empty())
                .filter(id -> databases.list(other -> means(other, id)).count() <= 1)
                .ifPresent(azure::forget);
        return DeleteControl.defaultDelete();
    }

    private static boolean means(RedisDatabase registered, DatabaseId database) {
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
