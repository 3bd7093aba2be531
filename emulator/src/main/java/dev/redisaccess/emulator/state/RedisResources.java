package dev.redisaccess.emulator.state;

import dev.redisaccess.emulator.state.Operation.Kind;
import dev.redisaccess.emulator.state.OperationStore.Plan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Clusters, databases, assignments and their operations. Every method first applies everything that is due, so
 * that a reader never sees an operation that should have ended. Thread-safe.
 */
public final class RedisResources {

    private final Clock clock;
    private final Delays delays;
    private final Agenda agenda = new Agenda();
    private final OperationStore operations = new OperationStore(agenda);
    private final AssignmentStore assignments = new AssignmentStore();
    private final Estate estate = new Estate(assignments);
    private long lastRevision;

    public RedisResources(Clock clock, Delays delays) {
        this.clock = clock;
        this.delays = delays;
    }

    public synchronized Optional<Cluster> cluster(ArmId id) {
        settle();
        return estate.cluster(id);
    }

    public synchronized List<Cluster> clusters() {
        settle();
        return estate.clusters();
    }

    public synchronized Optional<Database> database(ArmId id) {
        settle();
        return estate.database(id);
    }

    public synchronized List<Database> databases() {
        settle();
        return estate.databases();
    }

    public synchronized Optional<Assignment> assignment(ArmId id) {
        settle();
        return assignments.find(id);
    }

    /** The assignments of one database, oldest first. */
    public synchronized List<Assignment> assignments(ArmId database) {
        settle();
        return assignments.of(database);
    }

    public synchronized Optional<Operation> operation(UUID id) {
        settle();
        return operations.find(id);
    }

    public synchronized List<Operation> operations() {
        settle();
        return operations.all();
    }

    /** The next due time, if any. */
    public synchronized Optional<Instant> nextDue() {
        return agenda.nextDue();
    }

    /** Applies everything that is due, and returns the changes for the Redis side since the last call. */
    public synchronized List<DataPlaneChange> drainChanges() {
        settle();
        return assignments.drain();
    }

    /** Adds a cluster without an operation. */
    public synchronized void restore(Cluster cluster) {
        estate.put(cluster);
    }

    /** Adds a database without an operation; its cluster must exist. */
    public synchronized void restore(Database database) {
        estate.put(database);
        estate.up(database);
    }

    /**
     * Moves a cluster, with all that is in it, to another id at once: host, port and assignments stay. False while an operation
     * on it runs, or when it does not exist. ARM has no such call: in Azure's list of resources that can be moved to another group
     * this type is not movable. This shows what clients would see.
     */
    public synchronized boolean move(ArmId from, ArmId to) {
        settle();
        boolean rests = operations.running(each -> each.target().isWithin(from)).isEmpty();
        return rests && estate.move(from, to);
    }

    /** Creates or updates; the state that {@code wanted} carries does not matter. */
    public synchronized Write<Cluster> put(Cluster wanted, StartedBy by) {
        Optional<Operation> busy = busy(wanted.id());
        if (busy.isPresent()) {
            return new Write.Busy<>(busy.get());
        }
        boolean created = estate.cluster(wanted.id()).isEmpty();
        Cluster cluster = wanted.in(created ? ProvisioningState.Creating : ProvisioningState.Updating);
        estate.put(cluster);
        return new Write.Accepted<>(start(Kind.WRITE_CLUSTER, cluster.id(), delays.clusterCreate(), by), cluster);
    }

    /** Creates or updates; the state that {@code wanted} carries does not matter. */
    public synchronized Write<Database> put(Database wanted, StartedBy by) {
        Optional<Operation> busy = busy(wanted.id());
        if (busy.isPresent()) {
            return new Write.Busy<>(busy.get());
        } else if (estate.cluster(wanted.cluster()).isEmpty()) {
            return new Write.Missing<>();
        }
        boolean created = estate.database(wanted.id()).isEmpty();
        Database database = wanted.in(created ? ProvisioningState.Creating : ProvisioningState.Updating);
        estate.put(database);
        if (created) {
            estate.up(database); // at once, so that the response has the port
        }
        return new Write.Accepted<>(start(Kind.WRITE_DATABASE, database.id(), delays.databaseCreate(), by), database);
    }

    /**
     * Creates or updates. While another assignment of the same database is being written, the write is accepted and then
     * fails: observed in Azure when assignments are deployed in parallel.
     */
    public synchronized Write<Assignment> putAssignment(
            ArmId id, String objectId, Optional<String> accessString, StartedBy by) {
        Optional<Operation> busy = busy(id);
        if (busy.isPresent()) {
            return new Write.Busy<>(busy.get());
        } else if (estate.database(id.parent()).isEmpty()) {
            return new Write.Missing<>();
        }
        Optional<Assignment> same = assignments.of(id.parent()).stream()
                .filter(each ->
                        each.objectId().equalsIgnoreCase(objectId) && !each.id().equals(id))
                .findFirst();
        if (same.isPresent()) {
            return new Write.SamePrincipal<>(same.get());
        }
        Optional<Assignment> before = assignments.find(id);
        ProvisioningState state = before.isPresent() ? ProvisioningState.Updating : ProvisioningState.Creating;
        ArmId firstSpelling = before.map(Assignment::id).orElse(id);
        Duration takes = before.isPresent() ? delays.assignmentUpdate() : delays.assignmentCreate();
        StartedBy doomed = failsAlongsideAnother(id, by);
        Assignment assignment = new Assignment(firstSpelling, objectId, accessString, state, ++lastRevision);
        assignments.put(assignment);
        Operation operation = start(Kind.WRITE_ASSIGNMENT, firstSpelling, takes, doomed);
        settle(); // operations without duration end before the response
        return new Write.Accepted<>(operation, assignments.find(firstSpelling).orElse(assignment));
    }

    public synchronized Write<Cluster> deleteCluster(ArmId id, StartedBy by) {
        Optional<Operation> busy = busy(id);
        if (busy.isPresent()) {
            return new Write.Busy<>(busy.get());
        } else if (estate.cluster(id).isEmpty()) {
            return new Write.Missing<>();
        }
        Operation operation = start(Kind.DELETE_CLUSTER, id, delays.clusterCreate(), by);
        return new Write.Accepted<>(
                operation,
                estate.changeCluster(id, each -> each.in(ProvisioningState.Deleting))
                        .orElseThrow());
    }

    public synchronized Write<Database> deleteDatabase(ArmId id, StartedBy by) {
        Optional<Operation> busy = busy(id);
        if (busy.isPresent()) {
            return new Write.Busy<>(busy.get());
        } else if (estate.database(id).isEmpty()) {
            return new Write.Missing<>();
        }
        Operation operation = start(Kind.DELETE_DATABASE, id, delays.databaseCreate(), by);
        return new Write.Accepted<>(
                operation,
                estate.changeDatabase(id, each -> each.in(ProvisioningState.Deleting))
                        .orElseThrow());
    }

    /** Deletes; fails during another write as {@link #putAssignment} does. The access ends when the operation does. */
    public synchronized Write<Assignment> deleteAssignment(ArmId id, StartedBy by) {
        Optional<Operation> busy = busy(id);
        if (busy.isPresent()) {
            return new Write.Busy<>(busy.get());
        }
        Optional<Assignment> before = assignments.find(id);
        if (before.isEmpty()) {
            return new Write.Missing<>();
        }
        Operation operation =
                start(Kind.DELETE_ASSIGNMENT, id, delays.assignmentDelete(), failsAlongsideAnother(id, by));
        Assignment deleting = before.get().in(ProvisioningState.Deleting);
        assignments.put(deleting);
        return new Write.Accepted<>(operation, deleting);
    }

    /** Starts an action on a database: new keys, or a flush. */
    public synchronized Write<Database> act(Kind action, ArmId id, StartedBy by) {
        Optional<Operation> busy = busy(id);
        if (busy.isPresent()) {
            return new Write.Busy<>(busy.get());
        }
        Optional<Database> database = estate.database(id);
        if (database.isEmpty()) {
            return new Write.Missing<>();
        }
        return new Write.Accepted<>(start(action, id, delays.databaseCreate(), by), database.get());
    }

    /** Removes everything in a resource group at once. */
    public synchronized void removeGroup(ArmId group) {
        settle();
        estate.clusters().stream()
                .map(Cluster::id)
                .filter(each -> each.isWithin(group))
                .forEach(estate::remove);
    }

    /** Ends a running operation now, with its intended result; one that never ends succeeds. False if it is not running. */
    public synchronized boolean endNow(UUID operation) {
        settle();
        Optional<Operation> ended = operations.end(operation, clock.instant());
        ended.ifPresent(this::finish);
        return ended.isPresent();
    }

    /** Stores the port on which a database listens. */
    public synchronized void listensOn(ArmId database, int port) {
        estate.changeDatabase(database, each -> each.on(port));
    }

    /** The Redis side is not running, or refused a change: the database fails, if it still exists. */
    synchronized void databaseFailed(ArmId database) {
        operations
                .running(each -> each.target().equals(database))
                .ifPresent(each -> operations.fail(each.id(), clock.instant()));
        estate.changeDatabase(database, each -> each.in(ProvisioningState.Failed));
    }

    /** The Redis side refused the access string: the assignment fails, as the preview versions document. */
    synchronized void accessRefused(DataPlaneChange.Granted refused, String why) {
        assignments.of(refused.database()).stream()
                .filter(each -> each.objectId().equals(refused.objectId()))
                .filter(each -> each.effectiveAccessString().equals(refused.accessString()))
                .forEach(each -> assignments.put(each.refused(why)));
    }

    private Optional<Operation> busy(ArmId id) {
        settle();
        return operations.running(each -> id.isWithin(each.target()));
    }

    private StartedBy failsAlongsideAnother(ArmId assignment, StartedBy by) {
        boolean concurrent = operations
                .running(each ->
                        each.kind().ofAssignment() && each.target().parent().equals(assignment.parent()))
                .isPresent();
        return concurrent && by.fate() == OperationFate.COMPLETES
                ? new StartedBy(by.objectId(), OperationFate.FAILS)
                : by;
    }

    private Operation start(Kind kind, ArmId target, Duration takes, StartedBy by) {
        String location = estate.clusters().stream()
                .filter(cluster -> target.isWithin(cluster.id()))
                .map(Cluster::location)
                .findFirst()
                .orElseThrow();
        return operations.start(new Plan(kind, target, location, takes), by, clock.instant());
    }

    private void settle() {
        Instant now = clock.instant();
        for (Optional<Agenda.Entry> due = agenda.takeDue(now); due.isPresent(); due = agenda.takeDue(now)) {
            Agenda.Entry entry = due.get();
            if (entry instanceof Agenda.OperationEnds ends) {
                operations.end(ends.operation(), ends.at()).ifPresent(this::finish);
            } else if (entry instanceof Agenda.AccessTakesEffect effect) {
                assignments.takeEffect(effect.assignment(), effect.revision());
            }
        }
    }

    private void finish(Operation operation) {
        ArmId id = operation.target();
        boolean succeeded = operation.status() == Operation.Status.Succeeded;
        if (operation.kind().isAction()) {
            if (succeeded) {
                estate.act(operation.kind(), id);
            }
            return;
        }
        ProvisioningState end = succeeded ? ProvisioningState.Succeeded : ProvisioningState.Failed;
        if (succeeded && operation.kind().deletes()) {
            estate.remove(id);
            return;
        }
        estate.changeCluster(id, each -> each.in(end));
        Optional<Database> database = estate.changeDatabase(id, each -> each.in(end));
        if (succeeded) {
            database.ifPresent(estate::up); // settings may have changed
        }
        assignments.find(id).map(each -> each.in(end)).ifPresent(assignment -> {
            assignments.put(assignment);
            if (succeeded) {
                agenda.accessTakesEffect(operation.ended().orElseThrow().plus(delays.propagation()), assignment);
            }
        });
    }
}
