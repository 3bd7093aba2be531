package dev.redisaccess.kubectl;

import dev.redisaccess.kubectl.Plan.Applied;
import dev.redisaccess.kubectl.Plan.Change;
import dev.redisaccess.kubectl.Plan.Cluster;
import dev.redisaccess.kubectl.Plan.Effect;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.ExcessPolicy;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.Retention;
import dev.redisaccess.operator.binding.AccessChoice;
import dev.redisaccess.operator.binding.NamespaceAdmission;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.review.ExcessRevocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What bindings that are applied, deleted or not admitted any more grant, change and revoke. */
final class BindingChanges {

    /** Characters of an access string in a text. */
    private static final int LONGEST_RULE = 300;

    private final Cluster cluster;
    private final Map<String, RedisDatabase> before;
    private final Map<String, RedisDatabase> after;
    private final Map<String, RedisAccessBinding> bindingsBefore;
    private final Map<String, RedisAccessBinding> bindingsAfter;
    private final List<Change> changes = new ArrayList<>();

    BindingChanges(Cluster cluster, Applied applied) {
        this.cluster = cluster;
        before = Plan.byName(cluster.databases());
        after = new TreeMap<>(before);
        after.putAll(Plan.byName(applied.databases()));
        bindingsBefore = byKey(cluster.bindings());
        bindingsAfter = new TreeMap<>(bindingsBefore);
        if (applied.prune()) {
            Set<String> namespaces = applied.bindings().stream()
                    .map(binding -> binding.getMetadata().getNamespace())
                    .collect(Collectors.toSet());
            bindingsAfter
                    .values()
                    .removeIf(
                            binding -> namespaces.contains(binding.getMetadata().getNamespace()));
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
            access(key, database, old, now);
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
        boolean needed = othersOf(key, database, old)
                .anyMatch(other ->
                        requested(other, after.get(database)).toProblem().isEmpty());
        if (needed) {
            add(Effect.NONE, key, database, subject(old), "keeps access through another binding; " + why);
        } else {
            excess(key, database, old, isAdopted(old) ? AssignmentKind.UNMANAGED : AssignmentKind.LEFTOVER, why);
        }
        return true;
    }

    /**
     * The other bindings that have the principal of this one on the database then; none if it has none. A new binding of the same
     * ServiceAccount has it, although it is not identified yet.
     */
    private Stream<RedisAccessBinding> othersOf(String key, String database, RedisAccessBinding old) {
        Optional<String> principal = principal(old);
        return bindingsAfter.values().stream()
                .filter(other -> principal.isPresent() && !key(other).equals(key))
                .filter(other -> other.getSpec().databaseRef().name().equals(database))
                .filter(other ->
                        principal(other).isPresent() ? principal(other).equals(principal) : sameIdentity(other, old))
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
                                + Plan.hindrance(
                                        after.get(database).getSpec().access(),
                                        cluster.reports().apply(database))
                        : "keeps access, which is " + text + " then; " + why);
    }

    private static boolean isAdopted(RedisAccessBinding binding) {
        return Optional.ofNullable(binding.getStatus())
                .map(RedisAccessBindingStatus::assignment)
                .filter(assignment -> assignment.origin() == AssignmentOrigin.ADOPTED)
                .isPresent();
    }

    private boolean immutable(String key, RedisAccessBinding old, RedisAccessBinding now) {
        boolean same = Objects.equals(old.getSpec().databaseRef(), now.getSpec().databaseRef())
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
        Optional<RedisAccessBinding> already = bindingsBefore.values().stream()
                .filter(other -> !key(other).equals(key))
                .filter(other -> other.getSpec().databaseRef().name().equals(database))
                .filter(other -> sameIdentity(other, now))
                .filter(other -> admission(other, before).orElse(false))
                .findFirst();
        boolean stays =
                already.filter(other -> bindingsAfter.containsKey(key(other))).isPresent();
        add(
                already.isPresent() ? Effect.NONE : Effect.GRANT,
                key,
                database,
                subject(now),
                already.isEmpty()
                        ? "gets access"
                        : stays
                                ? "has access already, through another binding of the same ServiceAccount"
                                : "takes over the access of a binding of the same ServiceAccount that is deleted");
    }

    private static boolean sameIdentity(RedisAccessBinding one, RedisAccessBinding other) {
        return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
                && one.getSpec().serviceAccountName().equals(other.getSpec().serviceAccountName())
                && Objects.equals(one.getSpec().clientId(), other.getSpec().clientId());
    }

    private void revoked(String key, String database, RedisAccessBinding old, String why) {
        Optional<String> principal = principal(old);
        boolean needed = othersOf(key, database, old).findAny().isPresent();
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

    /** Another profile, none, or another rule of the same profile. */
    private void access(String key, String database, RedisAccessBinding old, RedisAccessBinding now) {
        Optional<WantedAccess> was = requested(old, before.get(database)).toOptional();
        Optional<WantedAccess> wanted = requested(now, after.get(database)).toOptional();
        boolean changes = wanted.isPresent()
                && was.filter(access -> !access.sameAs(wanted.get())).isPresent();
        if (changes) {
            add(
                    Effect.CHANGE,
                    key,
                    database,
                    subject(now),
                    "requests the access '" + SafeQuote.quote(wanted.get().text(), LONGEST_RULE) + "' instead of '"
                            + SafeQuote.quote(was.get().text(), LONGEST_RULE) + "'");
        }
    }

    private Optional<Boolean> admission(RedisAccessBinding binding, Map<String, RedisDatabase> databases) {
        RedisDatabase database = databases.get(binding.getSpec().databaseRef().name());
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

    private void add(Effect effect, String key, String database, String subject, String text) {
        changes.add(new Change(effect, "RedisAccessBinding " + key, database, subject, text));
    }
}
