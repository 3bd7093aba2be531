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
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.review.ExcessRevocation;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What bindings that are applied, deleted or not admitted any more grant, change and revoke. */
final class BindingChanges {

    /** Characters of an access string in a text. */
    private static final int LONGEST_RULE = 300;

    private final Cluster cluster;
    private final Moment before;
    private final Moment after;
    private final Set<String> immutable = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();

    BindingChanges(Cluster cluster, Applied applied) {
        this.cluster = cluster;
        before = new Moment(Plan.byName(cluster.databases()), byKey(cluster.bindings()), cluster.labels());
        Map<String, RedisDatabase> databases = new TreeMap<>(before.databases());
        Plan.byName(applied.databases()).forEach((name, database) -> {
            if (!DatabaseChanges.isRefused(databases.get(name), database)) {
                databases.put(name, database);
            }
        });
        Map<String, RedisAccessBinding> bindings = new TreeMap<>(before.bindings());
        if (applied.prune()) {
            Set<String> namespaces = applied.bindings().stream()
                    .map(binding -> binding.getMetadata().getNamespace())
                    .collect(Collectors.toSet());
            bindings.values()
                    .removeIf(
                            binding -> namespaces.contains(binding.getMetadata().getNamespace()));
        }
        after = new Moment(databases, bindings, cluster.labels());
        byKey(applied.bindings()).forEach(this::apply);
    }

    private void apply(String key, RedisAccessBinding binding) {
        RedisAccessBinding old = before.bindings().get(key);
        if (old != null && changesWhatIsImmutable(old, binding)) {
            immutable.add(key);
            after.bindings().put(key, old);
            return;
        }
        after.bindings().put(key, stored(binding, Optional.ofNullable(old)));
    }

    /** As the API server has it then: times and status of a file have no effect. */
    private static RedisAccessBinding stored(RedisAccessBinding binding, Optional<RedisAccessBinding> old) {
        var stored = new RedisAccessBinding();
        stored.setMetadata(new ObjectMetaBuilder()
                .withNamespace(binding.getMetadata().getNamespace())
                .withName(binding.getMetadata().getName())
                .withCreationTimestamp(old.map(before -> before.getMetadata().getCreationTimestamp())
                        .orElse(null))
                .withDeletionTimestamp(old.map(before -> before.getMetadata().getDeletionTimestamp())
                        .orElse(null))
                .build());
        stored.setSpec(binding.getSpec());
        // What was identified holds while the client ID stays.
        old.filter(before -> !changesIdentity(before, binding))
                .ifPresent(before -> stored.setStatus(before.getStatus()));
        return stored;
    }

    /** Not if the client ID that it has from its ServiceAccount is written into it. */
    private static boolean changesIdentity(RedisAccessBinding old, RedisAccessBinding now) {
        String to = now.getSpec().clientId();
        Optional<String> from =
                Optional.ofNullable(RedisAccessBindingStatus.of(old).identity()).map(IdentityStatus::clientId);
        return !Objects.equals(old.getSpec().clientId(), to)
                && from.filter(client -> client.equalsIgnoreCase(to)).isEmpty();
    }

    private static boolean changesWhatIsImmutable(RedisAccessBinding old, RedisAccessBinding now) {
        return !Objects.equals(old.getSpec().databaseRef(), now.getSpec().databaseRef())
                || !Objects.equals(
                        old.getSpec().serviceAccountName(), now.getSpec().serviceAccountName());
    }

    private static Map<String, RedisAccessBinding> byKey(Collection<RedisAccessBinding> bindings) {
        Map<String, RedisAccessBinding> map = new TreeMap<>();
        bindings.forEach(binding -> map.put(Moment.key(binding), binding));
        return map;
    }

    List<Change> changes() {
        Set<String> keys = new TreeSet<>(before.bindings().keySet());
        keys.addAll(after.bindings().keySet());
        keys.forEach(this::binding);
        return changes;
    }

    private void binding(String key) {
        RedisAccessBinding old = before.bindings().get(key);
        RedisAccessBinding now = after.bindings().get(key);
        if (old != null && old.isMarkedForDeletion()) {
            return; // It goes, whatever is applied.
        }
        if (immutable.contains(key)) {
            add(Effect.NONE, old, "is refused: 'databaseRef' and 'serviceAccountName' can't be changed");
        }
        // What may not be read does not count as a namespace without access: a pipeline would not ask.
        boolean had =
                old != null && before.admits(old).orElse(Moment.principal(old).isPresent());
        Optional<Boolean> has = now == null ? Optional.of(false) : after.admits(now);
        if (has.isEmpty() && had && sameSelection(old, now)) {
            kept(old, now);
        } else if (has.isEmpty()) {
            add(
                    had ? Effect.REVOKE : Effect.UNKNOWN,
                    now,
                    (had ? "may lose access: that " : "") + dependsOnLabels(now));
        } else if (had && has.get()) {
            kept(old, now);
        } else if (had) {
            revoked(
                    old,
                    now == null
                            ? "the binding is deleted"
                            : "the database does not admit namespace "
                                    + old.getMetadata().getNamespace() + " any more");
        } else if (has.get()) {
            granted(now);
        } else if (old == null) {
            add(
                    Effect.NONE,
                    now,
                    after.databases().containsKey(now.getSpec().databaseRef().name())
                            ? "gets no access: the database does not admit namespace "
                                    + now.getMetadata().getNamespace()
                            : "gets no access: there is no RedisDatabase of that name");
        }
    }

    private boolean sameSelection(RedisAccessBinding old, RedisAccessBinding now) {
        return before.selection(old).equals(after.selection(now));
    }

    private static String dependsOnLabels(RedisAccessBinding binding) {
        return "depends on the labels of namespace " + binding.getMetadata().getNamespace()
                + ", which you may not read";
    }

    /** A binding whose namespace is admitted now and was not before, or that is new. */
    private void granted(RedisAccessBinding now) {
        Optional<Result<WantedAccess>> requested = after.requested(now);
        Optional<Problem> refusal = requested.flatMap(Result::toProblem);
        if (requested.isEmpty()) {
            add(Effect.UNKNOWN, now, dependsOnLabels(now));
            return;
        }
        if (refusal.isPresent()) {
            add(Effect.NONE, now, "gets no access: " + plain(refusal.get()));
            return;
        }
        if (before.isUncertain(now) || after.isUncertain(now)) {
            add(
                    Effect.UNKNOWN,
                    now,
                    "gets access or shares that of another binding: which one " + dependsOnLabels(now));
            return;
        }
        Optional<WantedAccess> was = before.access(now);
        WantedAccess becomes = after.access(now).orElseThrow();
        if (was.isEmpty()) {
            add(Effect.GRANT, now, "gets access");
        } else if (!was.get().sameAs(becomes)) {
            add(
                    Effect.CHANGE,
                    now,
                    "shares the access of another binding of the same ServiceAccount, which becomes "
                            + insteadOf(becomes, was.get()));
        } else {
            boolean stays =
                    before.othersOf(now).anyMatch(other -> after.bindings().containsKey(Moment.key(other)));
            add(
                    Effect.NONE,
                    now,
                    stays
                            ? "has access already, through another binding of the same ServiceAccount"
                            : "takes over the access of a binding of the same ServiceAccount that is deleted");
        }
    }

    /** A binding whose namespace stays admitted, or is admitted by the same labels as before. */
    private void kept(RedisAccessBinding old, RedisAccessBinding now) {
        Optional<Result<WantedAccess>> requested = after.requested(now);
        if (changesIdentity(old, now)) {
            revoked(old, "the client ID changes");
            boolean offered =
                    requested.filter(result -> result.toProblem().isEmpty()).isPresent();
            if (offered || requested.isEmpty()) {
                add(
                        offered ? Effect.GRANT : Effect.UNKNOWN,
                        "client " + now.getSpec().clientId(),
                        now,
                        offered ? "gets access" : dependsOnLabels(now));
            }
            return;
        }
        if (requested.isEmpty()) {
            if (!before.profile(old).equals(after.profile(now))) {
                add(Effect.UNKNOWN, now, "may change: that " + dependsOnLabels(now));
            }
            return;
        }
        Optional<WantedAccess> was = before.offered(old);
        Optional<Problem> refusal = requested.get().toProblem();
        if (refusal.isEmpty()) {
            access(old, now, was);
        } else if (was.isPresent()) {
            withdrawn(old, plain(refusal.get()));
        }
    }

    /** Another profile, none, another rule of the same profile, or one that was not offered before. */
    private void access(RedisAccessBinding old, RedisAccessBinding now, Optional<WantedAccess> was) {
        WantedAccess wanted = after.offered(now).orElseThrow();
        Optional<WantedAccess> had = was.or(() -> before.access(old));
        if (had.isEmpty()) {
            add(Effect.GRANT, now, "gets access, which the database did not offer before");
        } else if (!had.get().sameAs(wanted)) {
            add(Effect.CHANGE, now, "requests the access " + insteadOf(wanted, had.get()));
        }
    }

    private void revoked(RedisAccessBinding old, String why) {
        boolean retained = !after.bindings().containsKey(Moment.key(old))
                && old.getSpec().deletionPolicy() == DeletionPolicy.RETAIN
                && databaseOf(old)
                        .filter(found -> found.getSpec().retention() == Retention.ALLOWED)
                        .isPresent()
                && after.admits(old).orElse(false);
        if (Moment.principal(old).isEmpty()) {
            add(Effect.NONE, old, "has no access yet; " + why);
        } else if (isAdopted(old) || retained || after.othersOf(old).findAny().isPresent()) {
            withdrawn(old, why);
        } else {
            add(Effect.REVOKE, old, "loses access: " + why);
        }
    }

    /** The access stays at first, but not through this binding: another one decides, or else the database's policy. */
    private void withdrawn(RedisAccessBinding old, String why) {
        if (before.isUncertain(old) || after.isUncertain(old)) {
            add(Effect.UNKNOWN, old, "loses, keeps or changes access: that " + dependsOnLabels(old) + "; " + why);
            return;
        }
        Optional<WantedAccess> was = before.access(old);
        Optional<WantedAccess> left = after.access(old);
        if (left.isEmpty()) {
            excess(old, isAdopted(old) ? AssignmentKind.UNMANAGED : AssignmentKind.LEFTOVER, why);
        } else if (was.filter(access -> !access.sameAs(left.get())).isPresent()) {
            add(
                    Effect.CHANGE,
                    old,
                    "keeps access through another binding, which requests " + insteadOf(left.get(), was.get()) + "; "
                            + why);
        } else {
            keptByAnother(old, why);
        }
    }

    private void keptByAnother(RedisAccessBinding old, String why) {
        List<RedisAccessBinding> others = after.othersOf(old).toList();
        if (others.stream().anyMatch(other -> Moment.principal(other).isPresent())) {
            add(Effect.NONE, old, "keeps access through another binding; " + why);
        } else if (others.stream().allMatch(other -> before.bindings().containsKey(Moment.key(other)))) {
            add(Effect.REVOKE, old, "may lose access, because no other binding of it is identified; " + why);
        } else {
            add(Effect.NONE, old, "keeps access through another binding, if that one can be identified; " + why);
        }
    }

    /** What no binding needs any more, although it is not revoked for that: the database's policy decides. */
    private void excess(RedisAccessBinding old, AssignmentKind kind, String why) {
        String database = old.getSpec().databaseRef().name();
        boolean revoked = databaseOf(old)
                .filter(found -> ExcessRevocation.policy(found.getSpec().access(), kind) == ExcessPolicy.REVOKE)
                .isPresent();
        String text = kind.text().toLowerCase(Locale.ROOT);
        add(
                revoked ? Effect.REVOKE : Effect.CHANGE,
                old,
                revoked
                        ? "loses access after the grace period, because it is " + text + " then; " + why
                                + Plan.hindrance(
                                        after.databases()
                                                .get(database)
                                                .getSpec()
                                                .access(),
                                        cluster.reports().apply(database))
                        : "keeps access, which is " + text + " then; " + why);
    }

    private Optional<RedisDatabase> databaseOf(RedisAccessBinding binding) {
        return Optional.ofNullable(
                after.databases().get(binding.getSpec().databaseRef().name()));
    }

    private static boolean isAdopted(RedisAccessBinding binding) {
        return Optional.ofNullable(binding.getStatus())
                .map(RedisAccessBindingStatus::assignment)
                .filter(assignment -> assignment.origin() == AssignmentOrigin.ADOPTED)
                .isPresent();
    }

    private static String insteadOf(WantedAccess one, WantedAccess other) {
        return "'" + SafeQuote.quote(one.text(), LONGEST_RULE) + "' instead of '"
                + SafeQuote.quote(other.text(), LONGEST_RULE) + "'";
    }

    private static String plain(Problem problem) {
        return problem.message().replace('`', '\'');
    }

    private void add(Effect effect, RedisAccessBinding binding, String text) {
        String subject = Moment.principal(binding)
                .orElseGet(() -> "ServiceAccount " + binding.getMetadata().getNamespace() + "/"
                        + binding.getSpec().serviceAccountName());
        add(effect, subject, binding, text);
    }

    private void add(Effect effect, String subject, RedisAccessBinding binding, String text) {
        changes.add(new Change(
                effect,
                "RedisAccessBinding " + Moment.key(binding),
                binding.getSpec().databaseRef().name(),
                subject,
                text));
    }
}
