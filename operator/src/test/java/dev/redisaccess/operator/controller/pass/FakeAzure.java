package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One database, with a lane that the test controls. */
final class FakeAzure implements DatabaseAccess {

    final Map<ObjectId, LaneState> lanes = new HashMap<>();
    final Map<ObjectId, Assignment> assignments = new HashMap<>();
    final List<ObjectId> granted = new ArrayList<>();
    final List<String> revoked = new ArrayList<>();
    Optional<Database> database = Optional.empty();
    Optional<Problem> problem = Optional.empty();
    Instant readAt = Instant.EPOCH;

    /** What the last grant of a principal asks before it writes. */
    final Map<ObjectId, Supplier<Optional<WantedAccess>>> wants = new HashMap<>();

    boolean read;

    /** Whether excess is queued and not deleted. */
    boolean holdsExcess;

    /** What the lane asks before it deletes excess. */
    final List<BooleanSupplier> held = new ArrayList<>();

    /** The last grant comes to its end. */
    void succeed(ObjectId principal, Instant now) {
        lanes.remove(principal);
        assignments.put(principal, assignment(principal, ProvisioningState.Succeeded, Optional.of(now)));
    }

    /** The last revocation comes to its end. */
    void remove(ObjectId principal) {
        lanes.remove(principal);
        assignments.remove(principal);
    }

    static Assignment assignment(ObjectId principal, ProvisioningState state, Optional<Instant> since) {
        return new Assignment(
                PassFixture.MARK.assignmentName(principal), Optional.of(principal), Access.full(), state, since);
    }

    /** An assignment that others made. */
    void adoptable(ObjectId principal) {
        adoptable(principal, Access.unknown());
    }

    void adoptable(ObjectId principal, Access access) {
        assignments.put(
                principal,
                new Assignment(
                        "by-terraform", Optional.of(principal), access, ProvisioningState.Succeeded, Optional.empty()));
    }

    @Override
    public Optional<DatabaseSnapshot> snapshot(DatabaseId id) {
        if (!read) {
            return Optional.empty();
        }
        Optional<Inventory> inventory = database.map(known -> new Inventory(readAt, List.copyOf(assignments.values())));
        return Optional.of(new DatabaseSnapshot(problem, database, inventory));
    }

    @Override
    public void grant(DatabaseId id, ObjectId principal, Supplier<Optional<WantedAccess>> wanted) {
        granted.add(principal);
        wants.put(principal, wanted);
        lanes.put(principal, new LaneState.Pending(LaneState.Kind.GRANT));
    }

    @Override
    public void revoke(DatabaseId id, ObjectId principal, String assignmentName, BooleanSupplier unused) {
        revoked.add(assignmentName);
        lanes.put(principal, new LaneState.Pending(LaneState.Kind.REVOKE));
    }

    @Override
    public void revokeExcess(DatabaseId id, ObjectId principal, String assignmentName, BooleanSupplier excess) {
        held.add(excess);
        if (!holdsExcess && excess.getAsBoolean()) {
            revoke(id, principal, assignmentName, excess);
        }
    }

    @Override
    public LaneState lane(DatabaseId id, ObjectId principal) {
        return lanes.getOrDefault(principal, new LaneState.Idle());
    }

    @Override
    public void listen(Listener listener) {}

    @Override
    public void watch(DatabaseId id, Duration resyncPeriod) {}

    @Override
    public void forget(DatabaseId id) {}
}
