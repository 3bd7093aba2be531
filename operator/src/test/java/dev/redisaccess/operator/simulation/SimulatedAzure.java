package dev.redisaccess.operator.simulation;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.port.ControlPlane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Azure Resource Manager and Redis on virtual time: each change takes its time, one that begins beside another one on the same
 * database fails with it, and Redis knows a new user some time after that.
 */
final class SimulatedAzure implements ControlPlane {

    private final Clock clock;
    private final Duration service;
    private final Duration propagation;
    private final Map<String, Map<String, Change>> changes = new HashMap<>();
    private final Map<ObjectId, Instant> succeeded = new HashMap<>();

    /** Whether the next call fails. */
    BooleanSupplier failing = () -> false;

    int reads;
    int writes;
    int parallel;
    int refusedLogins;

    private record Change(Assignment assignment, Instant endsAt, boolean fails) {}

    /**
     * @param service how long a change takes
     * @param propagation from then until Redis knows the user
     */
    SimulatedAzure(Clock clock, Duration service, Duration propagation) {
        this.clock = clock;
        this.service = service;
        this.propagation = propagation;
    }

    /** When the change of this principal's access ended; empty: it has not, or has failed. */
    Optional<Instant> succeededAt(ObjectId principal) {
        return Optional.ofNullable(succeeded.get(principal));
    }

    /** Whether Redis accepts a login of this principal now; counts those that it does not. */
    boolean knows(ObjectId principal) {
        boolean known = succeededAt(principal)
                .filter(at -> !clock.instant().isBefore(at.plus(propagation)))
                .isPresent();
        refusedLogins += known ? 0 : 1;
        return known;
    }

    @Override
    public Result<Database> readDatabase(DatabaseId id) {
        return read(new Database(
                new Endpoint("db" + Math.abs(id.path().hashCode()) + ".example", 10000),
                ClusteringPolicy.NoCluster,
                false));
    }

    @Override
    public Result<List<Assignment>> listAssignments(DatabaseId id) {
        return read(of(id).values().stream().map(this::now).toList());
    }

    @Override
    public Result<Optional<Assignment>> readAssignment(DatabaseId id, String name) {
        return read(Optional.ofNullable(of(id).get(name)).map(this::now));
    }

    @Override
    public Result<Assignment> writeAssignment(
            DatabaseId id, String name, ObjectId principal, Optional<AccessString> accessString) {
        writes++;
        if (failing.getAsBoolean()) {
            return Result.failed(unavailable());
        }
        Map<String, Change> all = of(id);
        boolean beside =
                all.values().stream().anyMatch(change -> change.endsAt().isAfter(clock.instant()));
        parallel += beside ? 1 : 0;
        Assignment created = new Assignment(
                name, Optional.of(principal), Access.full(), ProvisioningState.Creating, Optional.empty());
        Instant end = clock.instant().plus(service);
        all.put(name, new Change(created, end, beside));
        if (!beside) {
            succeeded.put(principal, end);
        }
        return Result.ok(created);
    }

    @Override
    public Result<Boolean> deleteAssignment(DatabaseId id, String name) {
        throw new AssertionError("a DELETE of " + name);
    }

    private Map<String, Change> of(DatabaseId id) {
        return changes.computeIfAbsent(id.path(), any -> new HashMap<>());
    }

    private Assignment now(Change change) {
        if (change.endsAt().isAfter(clock.instant())) {
            return change.assignment();
        }
        ProvisioningState end = change.fails() ? ProvisioningState.Failed : ProvisioningState.Succeeded;
        return change.assignment().as(end, Optional.empty());
    }

    private <T> Result<T> read(T value) {
        reads++;
        return failing.getAsBoolean() ? Result.failed(unavailable()) : Result.ok(value);
    }

    private static Problem unavailable() {
        return Problem.of(Reason.AZURE_UNAVAILABLE, "The simulated Azure is down.");
    }
}
