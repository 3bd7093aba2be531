package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.port.ControlPlane;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All databases, over any control plane: for each one that is watched or has work, a {@link DatabaseWatch} that reads it
 * and a {@link Lane} that changes it. A database at rest costs a few objects and one entry in the timer; threads are
 * shared, at most {@value #THREADS} and one for the time.
 */
public final class AzureDatabaseAccess implements DatabaseAccess, AutoCloseable {

    static final int THREADS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(AzureDatabaseAccess.class);

    private final ControlPlane controlPlane;
    private final OwnerMark mark;
    private final Subscriptions subscriptions;
    private final Clock clock;
    private final LaneServices services;
    private final Runnable close;
    private final AtomicReference<Listener> listener = new AtomicReference<>((database, concerned) -> {});
    private final Map<DatabaseId, Watched> databases = new ConcurrentHashMap<>();

    AzureDatabaseAccess(
            ControlPlane controlPlane,
            OwnerMark mark,
            Subscriptions subscriptions,
            Clock clock,
            LaneServices services,
            Runnable close) {
        this.controlPlane = controlPlane;
        this.mark = mark;
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.services = services;
        this.close = close;
    }

    /**
     * With threads of its own.
     *
     * @param mark of this installation
     * @param subscriptions shared with the control plane, which sees how many requests ARM still admits
     */
    public static AzureDatabaseAccess over(
            ControlPlane controlPlane,
            OwnerMark mark,
            Subscriptions subscriptions,
            Clock clock,
            AccessTelemetry telemetry) {
        ThreadWorkers workers = new ThreadWorkers(THREADS);
        RetryDelays delays = new RetryDelays(() -> ThreadLocalRandom.current().nextDouble());
        return new AzureDatabaseAccess(
                controlPlane, mark, subscriptions, clock, new LaneServices(workers, delays, telemetry), workers::close);
    }

    @Override
    public void listen(Listener told) {
        listener.set(told);
    }

    @Override
    public void watch(DatabaseId database, Duration resyncPeriod) {
        with(database, watched -> watched.watch().watch(resyncPeriod));
    }

    @Override
    public void forget(DatabaseId database) {
        databases.computeIfPresent(database, (id, watched) -> {
            watched.watch().forget();
            return watched.over() ? null : watched;
        });
    }

    @Override
    public Optional<DatabaseSnapshot> snapshot(DatabaseId database) {
        return Optional.ofNullable(databases.get(database))
                .flatMap(watched -> watched.watch().snapshot());
    }

    @Override
    public void grant(DatabaseId database, ObjectId principal, BooleanSupplier wanted) {
        with(database, watched -> watched.lane().grant(principal, wanted));
    }

    @Override
    public void revoke(DatabaseId database, ObjectId principal, String assignmentName, BooleanSupplier unused) {
        with(database, watched -> watched.lane().revoke(principal, assignmentName, unused));
    }

    @Override
    public LaneState lane(DatabaseId database, ObjectId principal) {
        Watched watched = databases.get(database);
        return watched == null ? new LaneState.Idle() : watched.lane().state(principal);
    }

    /** Starts no operation and no reading any more. Calls to ARM that run get some seconds to end. */
    @Override
    public void close() {
        close.run();
    }

    /** How many databases are watched or have work. */
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
        KnownAssignments known = new KnownAssignments(clock);
        LaneContext context = new LaneContext(
                database,
                controlPlane,
                known,
                new InventoryReader(database, controlPlane, known, changed),
                mark,
                subscriptions.of(database.subscriptionId()),
                clock,
                new LearnedDuration(LearnedDuration.CREATE),
                new LearnedDuration(LearnedDuration.DELETE));
        Lane lane = new Lane(context, services, changed);
        return new Watched(lane, new DatabaseWatch(context, services, lane, changed));
    }

    private void changed(DatabaseId database, Set<ObjectId> concerned) {
        try {
            listener.get().changed(database, concerned);
        } catch (RuntimeException e) {
            LOG.error("The listener for {} failed unexpectedly", database, e);
        }
        databases.computeIfPresent(database, (id, watched) -> watched.over() ? null : watched);
    }

    private record Watched(Lane lane, DatabaseWatch watch) {
        boolean over() {
            return watch.over() && lane.idle();
        }
    }
}
