package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.AccessProfileSpec;
import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.AccessChoice;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.NamespaceAdmission;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WantedAccess;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The databases and bindings before a change, or after it, and the access that follows by the operator's rules: of the bindings
 * of one identity that a database admits, the oldest one that requests what the database offers decides.
 *
 * @param databases by name
 * @param bindings by {@link #key}
 * @param labels of a namespace; empty if they may not be read
 */
record Moment(
        Map<String, RedisDatabase> databases,
        Map<String, RedisAccessBinding> bindings,
        Function<String, Optional<Map<String, String>>> labels) {

    /** What is not created yet is the youngest. */
    private static final Comparator<RedisAccessBinding> BY_AGE = Comparator.comparing(
                    (RedisAccessBinding binding) -> binding.getMetadata().getCreationTimestamp(),
                    Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(binding -> binding.getMetadata().getNamespace())
            .thenComparing(binding -> binding.getMetadata().getName());

    /** The namespace and the name of a binding. */
    static String key(RedisAccessBinding binding) {
        return binding.getMetadata().getNamespace() + "/"
                + binding.getMetadata().getName();
    }

    /** The object ID that the operator has identified; empty: none yet. */
    static Optional<String> principal(RedisAccessBinding binding) {
        return Optional.ofNullable(RedisAccessBindingStatus.of(binding).identity())
                .map(IdentityStatus::objectId);
    }

    /** Whether the database admits the namespace of a binding; empty: that depends on labels that may not be read. */
    Optional<Boolean> admits(RedisAccessBinding binding) {
        return database(binding)
                .map(database -> admits(database.getSpec().allowedNamespaces(), binding))
                .orElse(Optional.of(false));
    }

    /** By which namespaces its database admits a binding. */
    Optional<AllowedNamespaces> selection(RedisAccessBinding binding) {
        return database(binding).map(database -> database.getSpec().allowedNamespaces());
    }

    private Optional<Boolean> admits(AllowedNamespaces allowed, RedisAccessBinding binding) {
        String namespace = binding.getMetadata().getNamespace();
        boolean named = allowed != null && NamespaceAdmission.admits(allowed, namespace, Optional.empty());
        if (named || allowed == null || allowed.selector() == null) {
            return Optional.of(named);
        }
        return labels.apply(namespace).map(known -> NamespaceAdmission.admits(allowed, namespace, Optional.of(known)));
    }

    /** The access that a binding requests; empty: whether it is offered depends on labels that may not be read. */
    Optional<Result<WantedAccess>> requested(RedisAccessBinding binding) {
        Optional<RedisDatabase> database = database(binding);
        if (database.isEmpty()) {
            return Optional.of(
                    Result.failed(Problem.of(Reason.DATABASE_NOT_FOUND, "there is no RedisDatabase of that name")));
        }
        Optional<AllowedNamespaces> allowed = profile(binding).map(AccessProfileSpec::allowedNamespaces);
        if (allowed.isPresent() && admits(allowed.get(), binding).isEmpty()) {
            return Optional.empty();
        }
        String namespace = binding.getMetadata().getNamespace();
        return Optional.of(AccessChoice.of(
                Optional.ofNullable(binding.getSpec().accessProfile()),
                new ServiceAccountKey(namespace, binding.getSpec().serviceAccountName()),
                database.get(),
                allowed.filter(selection -> selection.selector() != null).flatMap(any -> labels.apply(namespace)),
                Set.of()));
    }

    /** The access that a binding requests and that the database is known to offer. */
    Optional<WantedAccess> offered(RedisAccessBinding binding) {
        return requested(binding).flatMap(Result::toOptional);
    }

    /** The profile of the database that a binding names. */
    Optional<AccessProfileSpec> profile(RedisAccessBinding binding) {
        return database(binding)
                .map(database -> database.getSpec().access())
                .map(DatabaseAccessSpec::profiles)
                .orElse(List.of())
                .stream()
                .filter(profile -> binding.getSpec().accessProfile() != null
                        && binding.getSpec().accessProfile().equals(profile.name()))
                .findFirst();
    }

    private Optional<RedisDatabase> database(RedisAccessBinding binding) {
        return Optional.ofNullable(databases.get(binding.getSpec().databaseRef().name()));
    }

    /** The bindings of the identity of this one on its database that are known to be admitted and stay, without this one. */
    Stream<RedisAccessBinding> othersOf(RedisAccessBinding binding) {
        return bindings.values().stream()
                .filter(other -> sameDatabase(other, binding))
                .filter(other -> sameIdentity(other, binding))
                .filter(other -> !key(other).equals(key(binding)))
                .filter(this::counts);
    }

    private boolean counts(RedisAccessBinding binding) {
        return !binding.isMarkedForDeletion() && admits(binding).orElse(false);
    }

    private boolean sameDatabase(RedisAccessBinding one, RedisAccessBinding other) {
        return one.getSpec()
                        .databaseRef()
                        .name()
                        .equals(other.getSpec().databaseRef().name())
                || id(one).isPresent() && id(one).equals(id(other));
    }

    private Optional<DatabaseId> id(RedisAccessBinding binding) {
        return database(binding)
                .flatMap(database -> DatabaseResolution.idOf(database).toOptional());
    }

    /** A binding that is not identified yet has the identity of others with the same ServiceAccount and client ID. */
    private static boolean sameIdentity(RedisAccessBinding one, RedisAccessBinding other) {
        if (principal(one).isPresent() && principal(other).isPresent()) {
            return principal(one).equals(principal(other));
        }
        return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
                && one.getSpec().serviceAccountName().equals(other.getSpec().serviceAccountName())
                && Objects.equals(one.getSpec().clientId(), other.getSpec().clientId());
    }

    /** The access that the identity of a binding has then; empty: none is requested and offered. */
    Optional<WantedAccess> access(RedisAccessBinding binding) {
        return candidates(binding)
                .sorted(BY_AGE)
                .flatMap(candidate -> offered(candidate).stream())
                .findFirst();
    }

    /** Whether {@link #access} may be another one, because what is offered depends on labels that may not be read. */
    boolean isUncertain(RedisAccessBinding binding) {
        return candidates(binding).anyMatch(candidate -> requested(candidate).isEmpty());
    }

    private Stream<RedisAccessBinding> candidates(RedisAccessBinding binding) {
        Stream<RedisAccessBinding> own = Optional.ofNullable(bindings.get(key(binding))).stream()
                .filter(present -> sameIdentity(present, binding))
                .filter(this::counts);
        return Stream.concat(own, othersOf(binding));
    }
}
