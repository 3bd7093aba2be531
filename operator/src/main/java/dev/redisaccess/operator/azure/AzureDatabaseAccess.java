package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.port.ControlPlane;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.port.LaneLoad;
import dev.redisaccess.operator.binding.port.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All databases, over any control plane: for each one that is watched or has operations, a {@link DatabaseWatch} that reads it
 * and a {@link Lane} that changes it. A database at rest costs a few objects and one entry in the timer. Threads are shared,
 * at most {@value #THREADS} and one for the timer.
 */
public final class AzureDatabaseAccess implements DatabaseAccess, AutoCloseable {

    static final int THREADS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(AzureDatabaseAccess.class);

    private final LaneContext.Services services;
    private final Subscriptions subscriptions;
    private final AtomicReference<Listener> listener = new AtomicReference<>((database, concerned) -> {});
    private final Map<DatabaseId, Watched> databases = new ConcurrentHashMap<>();

    AzureDatabaseAccess(LaneContext.Services services, Subscriptions subscriptions) {
        this.services = services;
        this.subscriptions = subscriptions;
    }

    /**
     * With threads of its own.
     *
     * @param mark of this installation
     * @param subscriptions shared with the control plane, which reads the quotas
     */
    public static AzureDatabaseAccess over(
            ControlPlane controlPlane, OwnerMark mark, Subscriptions subscriptions, Clock clock, Telemetry telemetry) {
        RetryDelays delays = new RetryDelays(() -> ThreadLocalRandom.current().nextDouble());
        return new AzureDatabaseAccess(
                new LaneContext.Services(controlPlane, mark, clock, new ThreadWorkers(THREADS), delays, telemetry),
                subscriptions);
    }

    @Override
    public void listen(Listener notified) {
        listener.set(notified);
    }

    @Override
    public void watch(DatabaseId database, Duration resyncPeriod) {
        with(database, watched -> watched.watch().watch(resyncPeriod));
    }

    @Override
    public void forget(DatabaseId database) {
        databases.computeIfPresent(database, (id, watched) -> {
            watched.watch().forget();
            return watched.isIdle() ? null : watched;
        });
    }

    @Override
    public Optional<DatabaseSnapshot> snapshot(DatabaseId database) {
        return Optional.ofNullable(databases.get(database))
                .flatMap(watched -> watched.watch().snapshot());
    }

    @Override
    public void grant(DatabaseId database, ObjectId principal, Supplier<Optional<WantedAccess>> wanted) {
        with(database, watched -> watched.lane().grant(principal, wanted));
    }

    @Override
    public void revoke(DatabaseId database, ObjectId principal, String assignmentName, BooleanSupplier unused) {
        with(database, watched -> watched.lane().revoke(principal, assignmentName, unused));
    }

    @Override
    public void revokeExcess(DatabaseId database, ObjectId principal, String assignmentName, BooleanSupplier excess) {
        with(database, watched -> watched.lane().revokeExcess(principal, assignmentName, excess));
    }

    @Override
    public LaneState lane(DatabaseId database, ObjectId principal) {
        Watched watched = databases.get(database);
        return watched == null ? new LaneState.Idle() : watched.lane().state(principal);
    }

    @Override
    public LaneLoad load() {
        return databases.values().stream()
                .map(watched -> watched.lane().load())
                .reduce(new LaneLoad(0, 0, 0, subscriptions.paused()), LaneLoad::plus);
    }

    /** Starts nothing more. Calls to Azure that run get some seconds to end. */
    @Override
    public void close() {
        services.workers().close();
    }

    /** The number of databases that are watched or have operations: tests find leaks by it. */
    int size() {
        return databases.size();
    }

    private void with(DatabaseId database, Consumer<Watched> action) {
        databases.compute(database, (id, known) -> {
            Watched watched = known == null ? create(id) : known;
            action.accept(watched);
            return watched;
        });
    }

    private Watched create(DatabaseId database) {
        Consumer<Set<ObjectId>> changed = concerned -> changed(database, concerned);
        AssignmentCache known = new AssignmentCache(services.clock());
        LaneContext context = new LaneContext(
                database,
                services,
                subscriptions.of(database.subscriptionId()),
                known,
                new InventoryReader(database, services.controlPlane(), known, changed),
                new OperationDurations());
        Lane lane = new Lane(context, changed);
        return new Watched(lane, new DatabaseWatch(context, lane, changed));
    }

    private void changed(DatabaseId database, Set<ObjectId> concerned) {
        try {
            listener.get().changed(database, concerned);
        } catch (RuntimeException e) {
            LOG.error("The listener for {} failed unexpectedly", database, e);
        }
        databases.computeIfPresent(database, (id, watched) -> watched.isIdle() ? null : watched);
    }

    private record Watched(Lane lane, DatabaseWatch watch) {
        boolean isIdle() {
            return watch.isIdle() && lane.isIdle();
        }
    }
}
