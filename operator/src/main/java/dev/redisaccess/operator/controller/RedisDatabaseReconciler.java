package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseReport;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.AccessReportStore;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.review.AccessReview;
import dev.redisaccess.operator.controller.pass.BindingsByIdentity;
import dev.redisaccess.operator.controller.pass.ReportedReviews;
import dev.redisaccess.operator.controller.pass.ReviewPass;
import dev.redisaccess.operator.kubernetes.InformerStores;
import dev.redisaccess.operator.kubernetes.PruningItemStore;
import dev.redisaccess.operator.status.Conditions;
import dev.redisaccess.operator.telemetry.TransitionReporter;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reconciles registered databases: has each watched in Azure, reports what was read, and reviews who has access. */
public final class RedisDatabaseReconciler implements Reconciler<RedisDatabase>, Cleaner<RedisDatabase> {

    private static final int DEFAULT_RESYNC_SECONDS = 300;

    /** While a deletion waits for bindings: their end wakes no database. */
    private static final Duration DELETION_POLL = Duration.ofSeconds(5);

    private final DatabaseAccess azure;
    private final InformerClusterView cluster;
    private final BindingsByIdentity peers;
    private final OwnerMark mark;
    private final ReviewPass reviews;
    private final ReportedReviews reported;
    private final TransitionReporter transitions;
    private final Clock clock;
    private final InformerStores<RedisDatabase> stores = new InformerStores<>(PruningItemStore::database, key -> {});
    private final StatusWriter<RedisDatabase> statuses = new StatusWriter<>(stores);
    private final WakeupEventSource<RedisDatabase> wakeups = new WakeupEventSource<>("database-wakeups");
    private volatile IndexerResourceCache<RedisDatabase> databases;
    private volatile InformerEventSource<RedisAccessReport, RedisDatabase> reports;

    /**
     * @param store of access reports, given the cache of their watch
     * @param steady for the intervals and grace periods of reviews: setting the machine's clock must not end one
     */
    public RedisDatabaseReconciler(
            DatabaseAccess azure,
            InformerClusterView cluster,
            BindingsByIdentity peers,
            OwnerMark mark,
            Function<Function<String, Optional<RedisAccessReport>>, AccessReportStore> store,
            TransitionReporter transitions,
            Clock clock,
            Clock steady) {
        this.azure = azure;
        this.cluster = cluster;
        this.peers = peers;
        this.mark = mark;
        this.reviews = new ReviewPass(cluster, azure, peers, mark, store.apply(this::cachedReport), clock, steady);
        this.reported = new ReportedReviews(mark, name -> cachedReport(name).isPresent());
        this.transitions = transitions;
        this.clock = clock;
    }

    /** All registrations in the informer's store. They must not be changed. */
    public Stream<RedisDatabase> stored() {
        return stores.values();
    }

    /** For the informer of this kind. */
    InformerStores<RedisDatabase> stores() {
        return stores;
    }

    @Override
    public List<EventSource<?, RedisDatabase>> prepareEventSources(EventSourceContext<RedisDatabase> context) {
        databases = context.getPrimaryCache();
        reports = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(RedisAccessReport.class, RedisDatabase.class)
                        .withName("access-reports")
                        .withWatchAllNamespaces()
                        .withItemStore(new PruningItemStore<>(PruningItemStore::accessReport))
                        .withInformerListLimit(BindingInformers.PAGE)
                        .withPrimaryToSecondaryMapper((PrimaryToSecondaryMapper<RedisDatabase>) database -> Set.of())
                        .withSecondaryToPrimaryMapper(RedisDatabaseReconciler::owners)
                        .build(),
                context);
        return List.of(wakeups, reports);
    }

    private static Set<ResourceID> owners(RedisAccessReport report) {
        return report.getMetadata().getOwnerReferences().stream()
                .filter(owner -> HasMetadata.getKind(RedisDatabase.class).equals(owner.getKind()))
                .map(owner -> new ResourceID(owner.getName()))
                .collect(Collectors.toSet());
    }

    private Optional<RedisAccessReport> cachedReport(String name) {
        return Optional.ofNullable(reports).flatMap(known -> known.get(new ResourceID(name)));
    }

    /** Requests a review after a binding of that database has changed. */
    public void bindingChanged(String database) {
        if (reviews.bindingChanged(database)) {
            wakeups.wake(new ResourceID(database));
        }
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
        Optional<ReviewPass.Outcome> outcome = id.toOptional()
                .filter(known -> cluster.isAttached())
                .map(known -> reviews.run(registered, known, resyncPeriod(registered)));
        Optional<Finding> finding = outcome.flatMap(ReviewPass.Outcome::finding);
        Optional<AccessReview> review = outcome.flatMap(ReviewPass.Outcome::review)
                .filter(found -> reported.isNews(registered, found, finding.orElseThrow()));
        outcome.ifPresent(found -> report(registered, found));
        RedisDatabaseStatus status = status(
                registered,
                review.flatMap(found -> finding).map(report::reviewed).orElse(report),
                review);
        if (!status.equals(before)) {
            transitions.reported(registered, before, report.findings().get(ConditionType.READY));
            wakeups.wakeIfOvertaken(registered, statuses.apply(withStatus(registered, status), context));
        }
        review.ifPresent(found -> reported.add(registered, found, finding.orElseThrow()));
        UpdateControl<RedisDatabase> control = UpdateControl.noUpdate();
        return outcome.map(found -> control.rescheduleAfter(found.next())).orElse(control);
    }

    private void report(RedisDatabase registered, ReviewPass.Outcome outcome) {
        outcome.review()
                .ifPresent(review -> transitions.reviewed(registered, review, outcome.changes(), outcome.revoked()));
        outcome.problem().ifPresent(problem -> transitions.reportFailed(registered, problem));
    }

    /** What is not known now stays as it was; without a review also the generation that NoUnmanagedAccess is about. */
    private RedisDatabaseStatus status(RedisDatabase registered, DatabaseReport report, Optional<AccessReview> review) {
        RedisDatabaseStatus before = Optional.ofNullable(registered.getStatus())
                .orElseGet(() -> new RedisDatabaseStatus(null, null, null, null, null, null));
        long generation =
                Optional.ofNullable(registered.getMetadata().getGeneration()).orElse(0L);
        Optional<Database> database = report.database();
        List<Condition> conditions = Conditions.of(report.findings(), generation, before.conditions(), clock.instant());
        return new RedisDatabaseStatus(
                generation,
                database.map(Database::endpoint).orElse(before.endpoint()),
                database.map(found -> found.clusteringPolicy().name()).orElse(before.clusteringPolicy()),
                database.isEmpty()
                        ? before.accessKeysAuthentication()
                        : database.get()
                                .accessKeysEnabled()
                                .map(enabled -> enabled ? "Enabled" : "Disabled")
                                .orElse(null),
                review.map(found -> found.counts(mark)).orElse(before.access()),
                review.isPresent()
                        ? conditions
                        : Conditions.keep(conditions, ConditionType.NO_UNMANAGED_ACCESS, before.conditions()));
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
                .ifPresent(azure::forget);
        reviews.forget(registered.getMetadata().getName());
        reported.forget(registered.getMetadata().getName());
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
