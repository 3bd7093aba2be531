package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.port.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The Azure side over fakes: a clock, workers and a control plane that a test controls. */
final class AzureSide implements Telemetry {

    static final Duration PERIOD = Duration.ofSeconds(300);

    final FakeClock clock = new FakeClock();
    final FakeWorkers workers = new FakeWorkers(clock);
    final FakeControlPlane azure = new FakeControlPlane(clock);
    final Subscriptions subscriptions = new Subscriptions(clock, this);
    final AzureDatabaseAccess access = new AzureDatabaseAccess(
            // In the middle: no jitter to either side.
            new LaneContext.Services(azure, Samples.MARK, clock, workers, new RetryDelays(() -> 0.5), this),
            subscriptions);

    /** The notifications of the listener. */
    final List<Notification> notifications = new ArrayList<>();

    final Map<LaneState.Kind, Integer> succeeded = new EnumMap<>(LaneState.Kind.class);
    final List<Reason> failures = new ArrayList<>();

    AzureSide() {
        access.listen((database, concerned) -> notifications.add(new Notification(database, concerned)));
    }

    record Notification(DatabaseId database, Set<ObjectId> concerned) {}

    /** Watches the database and lets the first reading end. */
    AzureSide watching(DatabaseId database) {
        access.watch(database, PERIOD);
        workers.settle();
        notifications.clear();
        return this;
    }

    void advance(Duration time) {
        workers.advance(time);
    }

    Optional<Assignment> known(ObjectId principal) {
        return access.snapshot(Samples.ORDERS)
                .flatMap(snapshot -> snapshot.inventory())
                .flatMap(inventory -> inventory.of(principal));
    }

    LaneState lane(ObjectId principal) {
        return access.lane(Samples.ORDERS, principal);
    }

    @Override
    public void operationSucceeded(LaneState.Kind kind, Duration duration) {
        succeeded.merge(kind, 1, Integer::sum);
    }

    @Override
    public void operationFailed(LaneState.Kind kind, Reason reason) {
        failures.add(reason);
    }
}
