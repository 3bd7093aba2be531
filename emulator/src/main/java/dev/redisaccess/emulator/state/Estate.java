package dev.redisaccess.emulator.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The existing clusters and databases. Their assignments are removed or moved with them. Not thread-safe. */
final class Estate {

    private final Map<ArmId, Cluster> clusters = new LinkedHashMap<>();
    private final Map<ArmId, Database> databases = new LinkedHashMap<>();
    private final AssignmentStore assignments;

    Estate(AssignmentStore assignments) {
        this.assignments = assignments;
    }

    Optional<Cluster> cluster(ArmId id) {
        return Optional.ofNullable(clusters.get(id));
    }

    Optional<Database> database(ArmId id) {
        return Optional.ofNullable(databases.get(id));
    }

    List<Cluster> clusters() {
        return List.copyOf(clusters.values());
    }

    List<Database> databases() {
        return List.copyOf(databases.values());
    }

    void put(Cluster cluster) {
        clusters.put(cluster.id(), cluster);
    }

    void put(Database database) {
        databases.put(database.id(), database);
    }

    /** Changes the cluster, if it exists. */
    Optional<Cluster> changeCluster(ArmId id, UnaryOperator<Cluster> change) {
        return Optional.ofNullable(clusters.computeIfPresent(id, (key, each) -> change.apply(each)));
    }

    /** Changes the database, if it exists. */
    Optional<Database> changeDatabase(ArmId id, UnaryOperator<Database> change) {
        return Optional.ofNullable(databases.computeIfPresent(id, (key, each) -> change.apply(each)));
    }

    /** Starts the database on the Redis side, or applies other settings. */
    void up(Database database) {
        assignments.enqueue(new DataPlaneChange.DatabaseUp(
                database, clusters.get(database.cluster()).hostName()));
    }

    /** Applies an action to a database, if it still exists. */
    void act(Operation.Kind action, ArmId id) {
        if (action == Operation.Kind.REGENERATE_PRIMARY_KEY) {
            changeDatabase(id, each -> each.with(each.keys().withNewPrimary()));
        } else if (action == Operation.Kind.REGENERATE_SECONDARY_KEY) {
            changeDatabase(id, each -> each.with(each.keys().withNewSecondary()));
        } else if (databases.containsKey(id)) {
            assignments.enqueue(new DataPlaneChange.Flushed(id));
        }
    }

    /** Removes the resource with this id, and everything below it. */
    void remove(ArmId id) {
        clusters.remove(id);
        assignments.removeWithin(id);
        for (Database database : within(id)) {
            databases.remove(database.id());
            assignments.enqueue(new DataPlaneChange.DatabaseDown(database.id()));
        }
    }

    /** Gives a cluster and everything below it another id. Assignments that had succeeded are in effect there at once. */
    boolean move(ArmId from, ArmId to) {
        Cluster cluster = clusters.get(from);
        if (cluster == null) {
            return false;
        }
        List<Database> inside = within(from);
        List<Assignment> granted = inside.stream()
                .flatMap(each -> assignments.of(each.id()).stream())
                .toList();
        remove(from);
        put(cluster.at(to));
        for (Database each : inside) {
            Database moved = each.at(each.id().moved(from, to));
            put(moved);
            up(moved);
        }
        for (Assignment each : granted) {
            Assignment moved = each.at(each.id().moved(from, to));
            assignments.put(moved);
            if (moved.state() == ProvisioningState.Succeeded) {
                assignments.takeEffect(moved.id(), moved.revision());
            }
        }
        return true;
    }

    private List<Database> within(ArmId id) {
        return databases.values().stream()
                .filter(each -> each.id().isWithin(id))
                .toList();
    }
}
