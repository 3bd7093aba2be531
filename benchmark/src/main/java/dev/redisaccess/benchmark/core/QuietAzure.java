package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One database that was read, with an empty lane. Found by its ID, as in the operator. */
final class QuietAzure implements DatabaseAccess {

    private final Map<DatabaseId, DatabaseSnapshot> read = new ConcurrentHashMap<>();

    QuietAzure(DatabaseId id, DatabaseSnapshot snapshot) {
        read.put(id, snapshot);
    }

    @Override
    public Optional<DatabaseSnapshot> snapshot(DatabaseId database) {
        return Optional.ofNullable(read.get(database));
    }

    @Override
    public LaneState lane(DatabaseId database, ObjectId principal) {
        return new LaneState.Idle();
    }

    @Override
    public void listen(Listener listener) {}

    @Override
    public void watch(DatabaseId database, Duration resyncPeriod) {}

    @Override
    public void forget(DatabaseId database) {}

    @Override
    public void grant(DatabaseId database, ObjectId principal, Supplier<Optional<WantedAccess>> wanted) {
        throw new IllegalStateException("At rest nothing is granted.");
    }

    @Override
    public void revoke(DatabaseId database, ObjectId principal, String assignmentName, BooleanSupplier unused) {
        throw new IllegalStateException("At rest nothing is revoked.");
    }

    @Override
    public void revokeExcess(DatabaseId database, ObjectId principal, String assignmentName, BooleanSupplier excess) {
        throw new IllegalStateException("At rest nothing is revoked.");
    }
}
