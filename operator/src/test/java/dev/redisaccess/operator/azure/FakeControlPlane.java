package dev.redisaccess.operator.azure;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Azure Resource Manager as its recordings show it: changes take time, a second change of a database while one is under
 * way is accepted and ends as Failed, and so does the first. Faults on demand.
 */
final class FakeControlPlane implements ControlPlane {

    static final Database DATABASE =
            new Database(new Endpoint("orders.westus2.redis.azure.net", 10000), ClusteringPolicy.OSSCluster, false);

    private final Clock clock;
    private final Map<DatabaseId, Map<String, Entry>> databases = new HashMap<>();
    private final Map<String, Deque<Problem>> faults = new HashMap<>();
    private final Deque<Runnable> beforeListResponses = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> unlisted = new HashSet<>();

    /** Azure's words for access strings that it refuses. */
    final Map<String, String> refused = new HashMap<>();

    /** What Azure makes of an access string. */
    final Map<String, String> spelled = new HashMap<>();

    Duration createTakes = Duration.ofMillis(8690);
    Duration deleteTakes = Duration.ofMillis(5990);
    Database database = DATABASE;

    FakeControlPlane(Clock clock) {
        this.clock = clock;
    }

    /** The calls so far: the method's name and what it was about. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    long count(String method) {
        return calls.stream().filter(call -> call.startsWith(method)).count();
    }

    /** The next calls of that method fail, each with the next problem. */
    void fail(String method, Problem... problems) {
        faults.computeIfAbsent(method, any -> new ArrayDeque<>()).addAll(List.of(problems));
    }

    /** Runs after the next list was made and before it is returned. */
    void beforeListResponse(Runnable action) {
        beforeListResponses.add(action);
    }

    /** A LIST lacks it, a GET finds it. */
    void unlist(String name) {
        unlisted.add(name);
    }

    /** By another client, at once. */
    void put(DatabaseId id, Assignment assignment) {
        of(id).put(assignment.name(), new Entry(assignment, Instant.MIN, assignment.state()));
    }

    /** By another client, that ends after a time. */
    void putMoving(DatabaseId id, Assignment assignment, Duration takes) {
        of(id).put(assignment.name(), new Entry(assignment, clock.instant().plus(takes), ProvisioningState.Succeeded));
    }

    void remove(DatabaseId id, String name) {
        of(id).remove(name);
    }

    Optional<Assignment> truth(DatabaseId id, String name) {
        settle(id);
        return Optional.ofNullable(of(id).get(name)).map(Entry::assignment);
    }

    /** When Azure ended the last change of that assignment. */
    Instant endedAt(DatabaseId id, String name) {
        return of(id).get(name).endsAt();
    }

    @Override
    public Result<Database> readDatabase(DatabaseId id) {
        return result("readDatabase", id.cluster(), () -> database);
    }

    @Override
    public Result<List<Assignment>> listAssignments(DatabaseId id) {
        Result<List<Assignment>> result = result("list", id.cluster(), () -> {
            settle(id);
            return of(id).values().stream()
                    .map(Entry::assignment)
                    .filter(assignment -> !unlisted.contains(assignment.name()))
                    .toList();
        });
        Optional.ofNullable(beforeListResponses.poll()).ifPresent(Runnable::run);
        return result;
    }

    @Override
    public Result<Optional<Assignment>> readAssignment(DatabaseId id, String name) {
        return result("read", name, () -> truth(id, name));
    }

    @Override
    public Result<Assignment> writeAssignment(
            DatabaseId id, String name, ObjectId principal, Optional<AccessString> accessString) {
        boolean update = truth(id, name).isPresent();
        String what = principal.value() + accessString.map(text -> " " + text).orElse("");
        return result(update ? "update" : "create", what, () -> {
            ProvisioningState end = breakParallel(id) ? ProvisioningState.Failed : ProvisioningState.Succeeded;
            Optional<String> refusal = accessString
                    .map(AccessString::text)
                    .filter(refused::containsKey)
                    .map(refused::get);
            String given = accessString.orElse(AccessString.FULL).text();
            Access access = Access.of("", Optional.of(spelled.getOrDefault(given, given)));
            var written = new Assignment(
                    name,
                    Optional.of(principal),
                    access,
                    update ? ProvisioningState.Updating : ProvisioningState.Creating,
                    Optional.empty(),
                    refusal);
            of(id).put(
                            name,
                            new Entry(
                                    written,
                                    clock.instant().plus(createTakes),
                                    refusal.isPresent() ? ProvisioningState.Failed : end));
            return written;
        });
    }

    @Override
    public Result<Boolean> deleteAssignment(DatabaseId id, String name) {
        return result("delete", name, () -> {
            settle(id);
            boolean parallel = breakParallel(id);
            Entry entry = of(id).get(name);
            if (entry == null) {
                return false;
            }
            Assignment deleting = entry.assignment().as(ProvisioningState.Deleting, Optional.empty());
            ProvisioningState end = parallel ? ProvisioningState.Failed : ProvisioningState.Deleting;
            of(id).put(name, new Entry(deleting, clock.instant().plus(deleteTakes), end));
            return true;
        });
    }

    /** Whether a change is under way, which then ends as Failed too. */
    private boolean breakParallel(DatabaseId id) {
        settle(id);
        boolean parallel = false;
        for (Map.Entry<String, Entry> each : of(id).entrySet()) {
            Entry entry = each.getValue();
            if (entry.assignment().state().moving()) {
                parallel = true;
                each.setValue(new Entry(entry.assignment(), entry.endsAt(), ProvisioningState.Failed));
            }
        }
        return parallel;
    }

    private void settle(DatabaseId id) {
        of(id).entrySet().removeIf(each -> {
            Entry entry = each.getValue();
            if (entry.endsAt().isAfter(clock.instant())) {
                return false;
            }
            each.setValue(new Entry(entry.assignment().as(entry.end(), Optional.empty()), entry.endsAt(), entry.end()));
            return entry.end() == ProvisioningState.Deleting;
        });
    }

    private Map<String, Entry> of(DatabaseId id) {
        return databases.computeIfAbsent(id, any -> new LinkedHashMap<>());
    }

    private <T> Result<T> result(String method, String subject, Supplier<T> value) {
        calls.add(method + " " + subject);
        Problem fault = faults.getOrDefault(method, new ArrayDeque<>()).poll();
        return fault == null ? Result.ok(value.get()) : Result.failed(fault);
    }

    static Problem unavailable() {
        return Problem.of(Reason.AZURE_UNAVAILABLE, "503");
    }

    private record Entry(Assignment assignment, Instant endsAt, ProvisioningState end) {}
}
