package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.review.ExcessRevocation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What applying objects would grant, change and revoke, from what the cluster has and what its reports say. Pure; it asks
 * neither Azure nor the operator.
 */
record Plan(List<Change> changes) {

    /** What happens to access. */
    enum Effect {
        GRANT,
        CHANGE,
        REVOKE,
        NONE,
        UNKNOWN
    }

    /**
     * One consequence.
     *
     * @param object the object that causes it
     * @param database whose access changes
     * @param subject the object ID, or the ServiceAccount while no object ID is known
     */
    record Change(Effect effect, String object, String database, String subject, String text) {}

    /**
     * What the cluster has. The report of each database and the labels of each namespace are asked for once.
     *
     * @param reports of a database
     * @param labels of a namespace; empty if they may not be read
     */
    record Cluster(
            Collection<RedisDatabase> databases,
            Collection<RedisAccessBinding> bindings,
            Function<String, AccessList> reports,
            Function<String, Optional<Map<String, String>>> labels) {

        Cluster {
            reports = once(reports);
            labels = once(labels);
        }

        private static <T> Function<String, T> once(Function<String, T> source) {
            Map<String, T> known = new HashMap<>();
            return name -> known.computeIfAbsent(name, source);
        }
    }

    /**
     * What is applied.
     *
     * @param prune whether bindings of the same namespaces that are not among them are deleted
     */
    record Applied(Collection<RedisDatabase> databases, Collection<RedisAccessBinding> bindings, boolean prune) {}

    boolean revokes() {
        return changes.stream().anyMatch(change -> change.effect() == Effect.REVOKE);
    }

    static Plan of(Cluster cluster, Applied applied, LocalDate today) {
        List<Change> changes = new ArrayList<>(new BindingChanges(cluster, applied).changes());
        changes.addAll(new DatabaseChanges(cluster, applied, today).changes());
        return new Plan(changes);
    }

    /** The end of a text about a revocation: why there is none yet, if the limits of the database allow none. */
    static String hindrance(DatabaseAccessSpec spec, AccessList list) {
        int total = list.rows().size();
        return total == 0
                ? ""
                : ExcessRevocation.hindrance(spec, total)
                        .map(why -> "; but " + why.replace('`', '\'') + " now")
                        .orElse("");
    }

    static Map<String, RedisDatabase> byName(Collection<RedisDatabase> databases) {
        Map<String, RedisDatabase> map = new TreeMap<>();
        databases.forEach(database -> map.put(database.getMetadata().getName(), database));
        return map;
    }
}
