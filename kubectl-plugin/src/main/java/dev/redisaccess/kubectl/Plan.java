package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.ExcessPolicy;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.Retention;
import dev.redisaccess.operator.binding.AccessChoice;
import dev.redisaccess.operator.binding.NamespaceAdmission;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.review.ExcessRevocation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * What the cluster has.
     *
     * @param labels of a namespace; empty if they may not be read
     */
    record Cluster(
            Collection<RedisDatabase> databases,
            Collection<RedisAccessBinding> bindings,
            Function<String, AccessList> reports,
            Function<String, Optional<Map<String, String>>> labels) {}

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
        return new Plan(new Calculation(cluster, applied, today).changes());
    }

    private static final class Calculation {

        private final Cluster cluster;
        private final Applied applied;
        private final LocalDate today;
        private final Map<String, RedisDatabase> before;
        private final Map<String, RedisDatabase> after;
        private final Map<String, RedisAccessBinding> bindingsBefore;
        private final Map<String, RedisAccessBinding> bindingsAfter;
        private final List<Change> changes = new ArrayList<>();

        Calculation(Cluster cluster, Applied applied, LocalDate today) {
            this.cluster = cluster;
            this.applied = applied;
            this.today = today;
            before = byName(cluster.databases());
            after = new TreeMap<>(before);
            after.putAll(byName(applied.databases()));
            bindingsBefore = byKey(cluster.bindings());
            bindingsAfter = new TreeMap<>(bindingsBefore);
            if (applied.prune()) {
                Set<String> namespaces = applied.bindings().stream()
                        .map(binding -> binding.getMetadata().getNamespace())
                        .collect(Collectors.toSet());
                bindingsAfter
                        .values()
                        .removeIf(binding ->
                                namespaces.contains(binding.getMetadata().getNamespace()));
            }
            byKey(applied.bindings()).forEach((key, binding) -> {
                RedisAccessBinding old = bindingsBefore.get(key);
                if (old != null
                        && Objects.equals(
                                old.getSpec().clientId(), binding.getSpec().clientId())) {
                    // What was identified holds while the client ID stays.
                    binding.setStatus(old.getStatus());
                }
                bindingsAfter.put(key, binding);
            });
        }

        private static Map<String, RedisDatabase> byName(Collection<RedisDatabase> databases) {
            Map<String, RedisDatabase> map = new TreeMap<>();
            databases.forEach(database -> map.put(database.getMetadata().getName(), database));
            return map;
        }

        private static Map<String, RedisAccessBinding> byKey(Collection<RedisAccessBinding> bindings) {
            Map<String, RedisAccessBinding> map = new TreeMap<>();
            bindings.forEach(binding -> map.put(key(binding), binding));
            return map;
        }

        private static String key(RedisAccessBinding binding) {
            return binding.getMetadata().getNamespace() + "/"
                    + binding.getMetadata().getName();
        }

        List<Change> changes() {
            Set<String> keys = new TreeSet<>(bindingsBefore.keySet());
            keys.addAll(bindingsAfter.keySet());
            keys.forEach(this::binding);
            applied.databases().forEach(this::database);
            return changes;
        }

        private void binding(String key) {
            RedisAccessBinding old = bindingsBefore.get(key);
            RedisAccessBinding now = bindingsAfter.get(key);
            if (old != null && now != null && immutable(key, old, now)) {
                return;
            }
            RedisAccessBinding any = now != null ? now : old;
            String database = any.getSpec().databaseRef().name();
            // What may not be read does not count as a namespace without access: a pipeline would not ask.
            boolean had =
                    old != null && admission(old, before).orElse(principal(old).isPresent());
            Optional<Boolean> has = now == null ? Optional.of(false) : admission(now, after);
            if (has.isEmpty()) {
                add(
                        had ? Effect.REVOKE : Effect.UNKNOWN,
                        key,
                        database,
                        subject(any),
                        (had ? "may lose access: that " : "") + "depends on the labels of namespace "
                                + any.getMetadata().getNamespace() + ", which you may not read");
                return;
            }
            if (now != null && !has.get() && !had) {
                if (old == null) {
                    add(
                            Effect.NONE,
                            key,
                            database,
                            subject(now),
                            after.containsKey(database)
                                    ? "gets no access: the database does not admit namespace "
                                            + now.getMetadata().getNamespace()
                                    : "gets no access: there is no RedisDatabase of that name");
                }
            } else if (!had) {
                granted(key, database, now);
            } else if (!has.get()) {
                revoked(
                        key,
                        database,
                        old,
                        now == null
                                ? "the binding is deleted"
                                : "the database does not admit namespace "
                                        + old.getMetadata().getNamespace() + " any more");
            } else if (!isRefusedNow(key, database, old, now)) {
                identity(key, database, old, now);
            }
        }

        /** True, and reported, if the database does not offer any more what the binding requests. */
        private boolean isRefusedNow(String key, String database, RedisAccessBinding old, RedisAccessBinding now) {
            Optional<Problem> refusal = requested(now, after.get(database)).toProblem();
            if (refusal.isEmpty()
                    || requested(old, before.get(database)).toProblem().isPresent()) {
                return false;
            }
            String why = refusal.get().message().replace('`', '\'');
            boolean needed = othersOf(key, database, principal(old))
                    .anyMatch(other ->
                            requested(other, after.get(database)).toProblem().isEmpty());
            if (needed) {
                add(Effect.NONE, key, database, subject(old), "keeps access through another binding; " + why);
            } else {
                excess(key, database, old, isAdopted(old) ? AssignmentKind.UNMANAGED : AssignmentKind.LEFTOVER, why);
            }
            return true;
        }

        /** The other bindings that have the same principal on the database then; none if it has none. */
        private Stream<RedisAccessBinding> othersOf(String key, String database, Optional<String> principal) {
            return bindingsAfter.values().stream()
                    .filter(other -> principal.isPresent() && !key(other).equals(key))
                    .filter(other -> other.getSpec().databaseRef().name().equals(database))
                    .filter(other -> principal(other).equals(principal))
                    .filter(other -> admission(other, after).orElse(true));
        }

        private Result<WantedAccess> requested(RedisAccessBinding binding, RedisDatabase database) {
            String namespace = binding.getMetadata().getNamespace();
            return AccessChoice.of(
                    Optional.ofNullable(binding.getSpec().accessProfile()),
                    new ServiceAccountKey(namespace, binding.getSpec().serviceAccountName()),
                    database,
                    cluster.labels().apply(namespace),
                    Set.of());
        }

        /** What no binding needs any more, although it is not revoked for that: the database's policy decides. */
        private void excess(String key, String database, RedisAccessBinding old, AssignmentKind kind, String why) {
            boolean revoked = Optional.ofNullable(after.get(database))
                    .map(found -> ExcessRevocation.policy(found.getSpec().access(), kind) == ExcessPolicy.REVOKE)
                    .orElse(false);
            String text = kind.text().toLowerCase(Locale.ROOT);
            add(
                    revoked ? Effect.REVOKE : Effect.CHANGE,
                    key,
                    database,
                    subject(old),
                    revoked
                            ? "loses access after the grace period, because it is " + text + " then; " + why
                            : "keeps access, which is " + text + " then; " + why);
        }

        private static boolean isAdopted(RedisAccessBinding binding) {
            return Optional.ofNullable(binding.getStatus())
                    .map(RedisAccessBindingStatus::assignment)
                    .filter(assignment -> assignment.origin() == AssignmentOrigin.ADOPTED)
                    .isPresent();
        }

        private boolean immutable(String key, RedisAccessBinding old, RedisAccessBinding now) {
            boolean same = Objects.equals(
                            old.getSpec().databaseRef(), now.getSpec().databaseRef())
                    && Objects.equals(
                            old.getSpec().serviceAccountName(), now.getSpec().serviceAccountName());
            if (!same) {
                add(
                        Effect.NONE,
                        key,
                        old.getSpec().databaseRef().name(),
                        subject(old),
                        "is refused: 'databaseRef' and 'serviceAccountName' can't be changed");
            }
            return !same;
        }

        private void granted(String key, String database, RedisAccessBinding now) {
            boolean already = bindingsBefore.values().stream()
                    .filter(other -> !key(other).equals(key))
                    .filter(other -> other.getSpec().databaseRef().name().equals(database))
                    .filter(other -> sameIdentity(other, now))
                    .anyMatch(other -> admission(other, before).orElse(false));
            add(
                    already ? Effect.NONE : Effect.GRANT,
                    key,
                    database,
                    subject(now),
                    already ? "has access already, through another binding of the same ServiceAccount" : "gets access");
        }

        private static boolean sameIdentity(RedisAccessBinding one, RedisAccessBinding other) {
            return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
                    && one.getSpec().serviceAccountName().equals(other.getSpec().serviceAccountName())
                    && Objects.equals(one.getSpec().clientId(), other.getSpec().clientId());
        }

        private void revoked(String key, String database, RedisAccessBinding old, String why) {
            Optional<String> principal = principal(old);
            boolean needed = othersOf(key, database, principal).findAny().isPresent();
            boolean retained = !bindingsAfter.containsKey(key)
                    && old.getSpec().deletionPolicy() == DeletionPolicy.RETAIN
                    && Optional.ofNullable(after.get(database))
                            .map(found -> found.getSpec().retention() == Retention.ALLOWED)
                            .orElse(false)
                    && admission(old, after).orElse(false);
            if (principal.isEmpty()) {
                add(Effect.NONE, key, database, subject(old), "has no access yet; " + why);
            } else if (needed) {
                add(Effect.NONE, key, database, subject(old), "keeps access through another binding; " + why);
            } else if (isAdopted(old)) {
                excess(key, database, old, AssignmentKind.UNMANAGED, why);
            } else if (retained) {
                excess(key, database, old, AssignmentKind.LEFTOVER, why);
            } else {
                add(Effect.REVOKE, key, database, subject(old), "loses access: " + why);
            }
        }

        private void identity(String key, String database, RedisAccessBinding old, RedisAccessBinding now) {
            if (!Objects.equals(old.getSpec().clientId(), now.getSpec().clientId())) {
                revoked(key, database, old, "the client ID changes");
                add(Effect.GRANT, key, database, "client " + now.getSpec().clientId(), "gets access");
            }
        }

        private Optional<Boolean> admission(RedisAccessBinding binding, Map<String, RedisDatabase> databases) {
            RedisDatabase database =
                    databases.get(binding.getSpec().databaseRef().name());
            if (database == null || database.getSpec().allowedNamespaces() == null) {
                return Optional.of(false);
            }
            var allowed = database.getSpec().allowedNamespaces();
            String namespace = binding.getMetadata().getNamespace();
            boolean named = NamespaceAdmission.admits(allowed, namespace, Optional.empty());
            if (named || allowed.selector() == null) {
                return Optional.of(named);
            }
            return cluster.labels()
                    .apply(namespace)
                    .map(labels -> NamespaceAdmission.admits(allowed, namespace, Optional.of(labels)));
        }

        private static Optional<String> principal(RedisAccessBinding binding) {
            return Optional.ofNullable(RedisAccessBindingStatus.of(binding).identity())
                    .map(IdentityStatus::objectId);
        }

        private static String subject(RedisAccessBinding binding) {
            return principal(binding)
                    .orElseGet(() -> "ServiceAccount " + binding.getMetadata().getNamespace() + "/"
                            + binding.getSpec().serviceAccountName());
        }

        /** Acknowledgements and policies. */
        private void database(RedisDatabase now) {
            String name = now.getMetadata().getName();
            RedisDatabase old = before.get(name);
            String object = "RedisDatabase " + name;
            if (old == null) {
                boolean revokes = ExcessRevocation.isEnabled(now.getSpec().access());
                add(
                        revokes ? Effect.REVOKE : Effect.NONE,
                        object,
                        name,
                        "",
                        "is registered: who has access is reported from then on"
                                + (revokes ? ", and what nothing explains is revoked after the grace period" : ""));
                return;
            }
            if (!Objects.equals(old.getSpec().resourceId(), now.getSpec().resourceId())) {
                add(Effect.NONE, object, name, "", "is refused: 'resourceId' can't be changed");
                return;
            }
            DatabaseAccessSpec access = now.getSpec().access();
            if (ExcessRevocation.isEnabled(access)
                    && ExcessRevocation.isFaster(access, old.getSpec().access())) {
                add(Effect.REVOKE, object, name, "", "revokes sooner, or more in an hour, what nothing explains");
            }
            Map<String, Acknowledgement> acknowledged = acknowledged(now);
            for (AccessList.Row row : cluster.reports().apply(name).rows()) {
                entry(
                        object,
                        name,
                        row.entry(),
                        acknowledged,
                        old.getSpec().access(),
                        now.getSpec().access());
            }
        }

        private void entry(
                String object,
                String database,
                AccessEntry entry,
                Map<String, Acknowledgement> acknowledged,
                DatabaseAccessSpec old,
                DatabaseAccessSpec now) {
            if (entry.kind() == AssignmentKind.BOUND || entry.kind() == AssignmentKind.ADOPTED) {
                return;
            }
            String subject = Optional.ofNullable(entry.objectId()).orElse(entry.assignment());
            boolean covered = entry.objectId() != null && acknowledged.containsKey(entry.objectId());
            if (covered && entry.kind() != AssignmentKind.ACKNOWLEDGED) {
                add(
                        Effect.CHANGE,
                        object,
                        database,
                        subject,
                        "is acknowledged until "
                                + acknowledged.get(entry.objectId()).until());
            }
            if (covered) {
                return;
            }
            AssignmentKind kind = entry.kind() == AssignmentKind.ACKNOWLEDGED ? unexplained(entry) : entry.kind();
            boolean wasRevoked = entry.kind() == kind && ExcessRevocation.policy(old, kind) == ExcessPolicy.REVOKE;
            boolean isRevoked = ExcessRevocation.policy(now, kind) == ExcessPolicy.REVOKE;
            if (isRevoked && !wasRevoked) {
                add(
                        Effect.REVOKE,
                        object,
                        database,
                        subject,
                        "is revoked after the grace period: it is "
                                + kind.text().toLowerCase(Locale.ROOT));
            } else if (entry.kind() == AssignmentKind.ACKNOWLEDGED) {
                add(
                        Effect.CHANGE,
                        object,
                        database,
                        subject,
                        "is not acknowledged any more, and becomes "
                                + kind.text().toLowerCase(Locale.ROOT));
            }
        }

        /** What an assignment is without an acknowledgement: the name shows whether the operator created it. */
        private static AssignmentKind unexplained(AccessEntry entry) {
            return OwnerMark.principalOf(entry.assignment())
                            .map(ObjectId::value)
                            .filter(principal -> principal.equals(entry.objectId()))
                            .isPresent()
                    ? AssignmentKind.LEFTOVER
                    : AssignmentKind.UNMANAGED;
        }

        private Map<String, Acknowledgement> acknowledged(RedisDatabase database) {
            Map<String, Acknowledgement> map = new LinkedHashMap<>();
            Optional.ofNullable(database.getSpec().access())
                    .map(DatabaseAccessSpec::acknowledged)
                    .orElse(List.of())
                    .stream()
                    .filter(entry -> entry.until() != null && entry.until().compareTo(today.toString()) >= 0)
                    .forEach(entry -> map.put(entry.objectId(), entry));
            return map;
        }

        private void add(Effect effect, String object, String database, String subject, String text) {
            String name = object.startsWith("RedisDatabase ") ? object : "RedisAccessBinding " + object;
            changes.add(new Change(effect, name, database, subject, text));
        }
    }
}
