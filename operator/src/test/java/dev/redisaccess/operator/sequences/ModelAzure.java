package dev.redisaccess.operator.sequences;

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
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Azure Resource Manager with one database, which records the creator of each assignment, fails at random, and throws
 * at once when it receives a request that the operator must never send.
 */
final class ModelAzure implements ControlPlane {

    private static final Database DATABASE =
            new Database(new Endpoint("orders.example", 10000), ClusteringPolicy.NoCluster, false);

    /** What others set: no profile ever has it. */
    static final String NARROWED = "+@read ~narrowed:*";

    /** In an access string that Azure refuses. */
    static final String REFUSED = "refused";

    /** Whether a binding that the operator knows requests this access for this principal. */
    private final BiPredicate<ObjectId, String> requested;

    /** The creator of an assignment. */
    enum Maker {
        OURS,
        OTHERS
    }

    record Entry(Assignment assignment, Maker maker, Instant endsAt, ProvisioningState end) {
        /** Whether it is in effect with exactly this access. */
        boolean gives(String accessString) {
            return assignment.state() == ProvisioningState.Succeeded
                    && assignment.access().equals(Access.of("", Optional.of(accessString)));
        }
    }

    /** The process dies in the middle of a call: ARM has taken it, and the response is lost. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Consumer<String> log;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    /** Names that a LIST does not have yet. */
    private final Map<String, Instant> unlistedUntil = new LinkedHashMap<>();

    /** The share of calls that fail, 0 to 1. */
    double faults;

    /** Whether reads show the access, as the preview versions do; the GA API hides it. */
    boolean showsAccess = true;

    /** The principals that the operator has exchanged a token of, in this process or a former one. */
    final Set<ObjectId> exchanged = new HashSet<>();

    /** Called for each DELETE of an assignment of another creator; fails if it must not be. */
    Consumer<Entry> excess = entry -> {
        throw new AssertionError("a DELETE of an assignment of another creator: " + entry);
    };

    private int calls;

    /** @param requested whether a binding that the operator knows requests this access for this principal */
    ModelAzure(Clock clock, RandomGenerator random, Consumer<String> log, BiPredicate<ObjectId, String> requested) {
        this.requested = requested;
        this.log = log;
        this.clock = clock;
        this.random = random;
    }

    int calls() {
        return calls;
    }

    Map<String, Entry> truth() {
        settle();
        return entries;
    }

    Optional<Entry> of(ObjectId principal) {
        return truth().values().stream()
                .filter(entry -> isOf(entry, principal))
                .min(Comparator.comparing(entry -> entry.assignment().state() == ProvisioningState.Succeeded ? 0 : 1));
    }

    /** Others make an assignment, unless the principal has one: ARM admits one for each. */
    boolean madeByOthers(String name, ObjectId principal, Access access) {
        if (of(principal).isPresent() || entries.containsKey(name)) {
            return false;
        }
        var assignment =
                new Assignment(name, Optional.of(principal), access, ProvisioningState.Succeeded, Optional.empty());
        entries.put(name, new Entry(assignment, Maker.OTHERS, Instant.MIN, ProvisioningState.Succeeded));
        return true;
    }

    /** Others narrow whatever the principal has, with a rule that ARM accepts or with a typo that makes it fail. */
    void narrowedByOthers(ObjectId principal, boolean typo) {
        settle();
        ProvisioningState state = typo ? ProvisioningState.Failed : ProvisioningState.Succeeded;
        entries.replaceAll((name, entry) ->
                !isOf(entry, principal) || entry.assignment().state().moving()
                        ? entry
                        : new Entry(
                                granting(entry.assignment(), Access.restricted(NARROWED))
                                        .as(state, Optional.empty()),
                                entry.maker(),
                                Instant.MIN,
                                state));
    }

    private static boolean isOf(Entry entry, ObjectId principal) {
        return entry.assignment().objectId().equals(Optional.of(principal));
    }

    /** Another client deletes whatever the principal has. */
    void removedByOthers(ObjectId principal) {
        entries.values().removeIf(entry -> entry.assignment().objectId().equals(Optional.of(principal)));
    }

    @Override
    public Result<Database> readDatabase(DatabaseId id) {
        return result(false, () -> DATABASE);
    }

    @Override
    public Result<List<Assignment>> listAssignments(DatabaseId id) {
        return result(false, () -> truth().values().stream()
                .map(Entry::assignment)
                .map(this::shown)
                .filter(assignment -> !unlistedUntil
                        .getOrDefault(assignment.name(), Instant.MIN)
                        .isAfter(clock.instant()))
                .toList());
    }

    @Override
    public Result<Optional<Assignment>> readAssignment(DatabaseId id, String name) {
        return result(false, () -> Optional.ofNullable(truth().get(name))
                .map(Entry::assignment)
                .map(this::shown));
    }

    @Override
    public Result<Assignment> writeAssignment(
            DatabaseId id, String name, ObjectId principal, Optional<AccessString> accessString) {
        if (!name.equals(ModelOperator.MARK.assignmentName(principal)) || !exchanged.contains(principal)) {
            throw new AssertionError("a PUT of " + name + " for " + principal + ", which no workload has used");
        }
        if (truth().values().stream()
                .anyMatch(entry ->
                        isOf(entry, principal) && !entry.assignment().name().equals(name))) {
            return Result.failed(problem(Reason.AZURE_REQUEST_REFUSED)); // one assignment for each principal
        }
        if (accessString.isPresent() && !showsAccess) {
            return Result.failed(problem(Reason.PREVIEW_API_REFUSED));
        }
        return result(true, () -> {
            settle();
            log.accept("    PUT " + principal + " "
                    + accessString.map(AccessString::text).orElse("in full"));
            Entry before = entries.get(name);
            AccessString given = accessString.orElse(AccessString.FULL);
            checkWrite(principal, before, given, accessString.isPresent());
            ProvisioningState end = breakParallel() ? ProvisioningState.Failed : ProvisioningState.Succeeded;
            Optional<String> refusal =
                    Optional.of("so it is").filter(any -> given.text().contains(REFUSED));
            var created = new Assignment(
                    name,
                    Optional.of(principal),
                    Access.of("", Optional.of(given.text())),
                    before == null ? ProvisioningState.Creating : ProvisioningState.Updating,
                    Optional.empty(),
                    refusal);
            entries.put(
                    name,
                    new Entry(created, Maker.OURS, in(5, 15), refusal.isPresent() ? ProvisioningState.Failed : end));
            if (faults > 0 && random.nextInt(4) == 0) {
                unlistedUntil.put(name, in(5, 60));
            }
            return shown(created);
        });
    }

    private void checkWrite(ObjectId principal, Entry before, AccessString given, boolean preview) {
        if (!requested.test(principal, given.text())) {
            throw new AssertionError("a PUT of `" + given + "` for " + principal + ", which no binding requests");
        }
        if (before == null) {
            return;
        }
        if (before.gives(given.text())) {
            throw new AssertionError("a PUT over an assignment that gives the same: " + before);
        }
        Access access = before.assignment().access();
        boolean narrowed = access.equals(Access.restricted(NARROWED));
        if (!access.usable() && !preview || narrowed && given.isFull()) {
            throw new AssertionError("a PUT that widens what others narrowed: " + before);
        }
    }

    private static Assignment granting(Assignment assignment, Access access) {
        return new Assignment(
                assignment.name(),
                assignment.objectId(),
                access,
                assignment.state(),
                assignment.succeededAt(),
                assignment.refusal());
    }

    private Assignment shown(Assignment assignment) {
        return showsAccess
                ? assignment
                : new Assignment(
                        assignment.name(),
                        assignment.objectId(),
                        Access.unknown(),
                        assignment.state(),
                        assignment.succeededAt());
    }

    @Override
    public Result<Boolean> deleteAssignment(DatabaseId id, String name) {
        return result(true, () -> {
            settle();
            log.accept("    DELETE " + name);
            Entry entry = entries.get(name);
            if (entry == null) {
                return false;
            }
            if (entry.maker() == Maker.OTHERS) {
                excess.accept(entry);
            }
            ProvisioningState end = breakParallel() ? ProvisioningState.Failed : ProvisioningState.Deleting;
            entries.put(name, new Entry(as(entry, ProvisioningState.Deleting), entry.maker(), in(3, 9), end));
            return true;
        });
    }

    /** Whether a change is under way, which then ends as Failed too. */
    private boolean breakParallel() {
        boolean parallel = false;
        for (Map.Entry<String, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            if (entry.assignment().state().moving()) {
                parallel = true;
                each.setValue(new Entry(entry.assignment(), entry.maker(), entry.endsAt(), ProvisioningState.Failed));
            }
        }
        return parallel;
    }

    private void settle() {
        entries.values()
                .removeIf(
                        entry -> !entry.endsAt().isAfter(clock.instant()) && entry.end() == ProvisioningState.Deleting);
        entries.replaceAll((name, entry) -> entry.endsAt().isAfter(clock.instant())
                ? entry
                : new Entry(as(entry, entry.end()), entry.maker(), entry.endsAt(), entry.end()));
    }

    private static Assignment as(Entry entry, ProvisioningState state) {
        Assignment was = entry.assignment();
        return was.as(state, Optional.empty());
    }

    private <T> Result<T> result(boolean write, Supplier<T> value) {
        calls++;
        if (random.nextDouble() >= faults) {
            return Result.ok(value.get());
        }
        int kind = random.nextInt(write ? 8 : 5);
        if (kind >= 5) {
            value.get();
            if (kind == 5) {
                throw new Killed();
            }
        }
        return switch (kind) {
            case 0 -> Result.failed(problem(Reason.AZURE_FORBIDDEN));
            case 1 -> Result.failed(problem(Reason.AZURE_THROTTLED).retryAfter(Duration.ofSeconds(20)));
            case 2 -> write ? Result.failed(problem(Reason.ASSIGNMENT_FAILED)) : Result.ok(value.get());
            default -> Result.failed(problem(Reason.AZURE_UNAVAILABLE));
        };
    }

    private static Problem problem(Reason reason) {
        return Problem.of(reason, "The model says " + reason.text() + ".");
    }

    private Instant in(int from, int to) {
        return clock.instant().plusMillis(random.nextLong(from * 1000L, to * 1000L));
    }
}
