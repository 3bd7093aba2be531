package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.binding.AccessChoice;
import dev.redisaccess.operator.binding.AccessNeed;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.BindingParser;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.NamespaceAdmission;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.environment.SharedNames;
import dev.redisaccess.operator.binding.review.AccessUse;
import dev.redisaccess.operator.status.Conditions;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which bindings of this cluster share an identity on a database, and so its one assignment. The identity in a status is no
 * evidence: it may be forged. So it prevents the deletion of an assignment only until this process has exchanged a token of
 * that binding, and only for a binding whose namespace the database admits.
 */
public final class BindingsByIdentity {

    /** Of two that were created in the same second, the one whose name comes first. */
    private static final Comparator<RedisAccessBinding> BY_AGE = Comparator.comparing((RedisAccessBinding binding) ->
                    Optional.ofNullable(binding.getMetadata().getCreationTimestamp())
                            .orElse(""))
            .thenComparing(binding -> binding.getMetadata().getNamespace())
            .thenComparing(binding -> binding.getMetadata().getName());

    private final ClusterView cluster;
    private final BindingMemoryStore memories;

    public BindingsByIdentity(ClusterView cluster, BindingMemoryStore memories) {
        this.cluster = cluster;
        this.memories = memories;
    }

    /**
     * The bindings that a change of a database concerns.
     *
     * @param principals whose assignment or operation changed: the bindings whose identity is one of them, or was according to
     *     status. Empty: the database itself changed, which concerns every binding
     */
    public Stream<RedisAccessBinding> concerned(DatabaseId database, Set<ObjectId> principals) {
        return bindingsOf(database)
                .filter(binding -> principals.isEmpty() || principals(binding).anyMatch(principals::contains));
    }

    /** The bindings of a database, under whatever names it is registered. */
    private Stream<RedisAccessBinding> bindingsOf(DatabaseId database) {
        return cluster.registrations(database).stream()
                .flatMap(registered ->
                        cluster.bindingsOf(registered.getMetadata().getName()).stream());
    }

    /** The bindings of a database that are not being deleted and whose namespace it admits. */
    public Stream<RedisAccessBinding> admitted(DatabaseId database) {
        return admitted(database, binding -> true);
    }

    /** Those of {@link #admitted} that need the assignment of this principal. */
    private Stream<RedisAccessBinding> admittedWith(DatabaseId database, ObjectId principal) {
        return admitted(database, binding -> need(binding, principal) != AccessNeed.NONE);
    }

    /** @param condition is asked before admission: of a thousand bindings it holds for one or two */
    private Stream<RedisAccessBinding> admitted(DatabaseId database, Predicate<RedisAccessBinding> condition) {
        return cluster.registrations(database).stream()
                .flatMap(registered -> cluster
                        .bindingsOf(registered.getMetadata().getName())
                        .stream()
                        .filter(condition)
                        .filter(binding -> !binding.isMarkedForDeletion() && admits(registered, binding)));
    }

    private boolean admits(RedisDatabase registered, RedisAccessBinding binding) {
        String namespace = binding.getMetadata().getNamespace();
        return Optional.ofNullable(registered.getSpec())
                .map(RedisDatabaseSpec::allowedNamespaces)
                .filter(allowed -> NamespaceAdmission.admits(allowed, namespace, cluster.namespaceLabels(namespace)))
                .isPresent();
    }

    /**
     * The access that this assignment is to give: that of the oldest binding of the principal that requests what its database
     * offers. Empty while no such binding has an identity that this process has exchanged, or if that of the oldest one is only
     * asserted by its status and another one requests another access.
     */
    Optional<WantedAccess> wanted(DatabaseId database, ObjectId principal) {
        if (!isLimited(database)) {
            return admittedWith(database, principal)
                    .filter(binding -> need(binding, principal) == AccessNeed.CONFIRMED)
                    .flatMap(binding -> requested(binding).toOptional().stream())
                    .findFirst();
        }
        List<Claim> claims = claims(database, principal);
        boolean confirmed = claims.stream().anyMatch(claim -> claim.need() == AccessNeed.CONFIRMED);
        if (!confirmed) {
            return Optional.empty();
        }
        Claim oldest = claims.get(0);
        boolean certain = oldest.need() == AccessNeed.CONFIRMED
                || claims.stream().allMatch(claim -> claim.access().sameAs(oldest.access()));
        return certain ? Optional.of(oldest.access()) : Optional.empty();
    }

    /** A binding that needs the assignment, and the access that it requests. */
    private record Claim(RedisAccessBinding binding, AccessNeed need, WantedAccess access) {}

    /**
     * The older binding of the same principal that decides how much access it has, if it requests another access than this one.
     *
     * @param own the access that this one requests
     */
    Optional<RedisAccessBinding> overruling(
            DatabaseId database, ObjectId principal, RedisAccessBinding binding, WantedAccess own) {
        if (!isLimited(database)) {
            return Optional.empty();
        }
        return claims(database, principal).stream()
                .findFirst()
                .filter(oldest -> BY_AGE.compare(oldest.binding(), binding) < 0)
                .filter(oldest -> !oldest.access().sameAs(own))
                .map(Claim::binding);
    }

    /** The oldest first. A binding that requests what its database does not offer has none. */
    private List<Claim> claims(DatabaseId database, ObjectId principal) {
        return admittedWith(database, principal)
                .sorted(BY_AGE)
                .flatMap(
                        binding -> requested(binding)
                                .map(access -> new Claim(binding, need(binding, principal), access))
                                .toOptional()
                                .stream())
                .toList();
    }

    /** Whether only the status of a binding says that it has this principal. */
    boolean isUnconfirmed(RedisAccessBinding binding, ObjectId principal) {
        return need(binding, principal) == AccessNeed.UNCONFIRMED;
    }

    private boolean isLimited(DatabaseId database) {
        return cluster.registrations(database).stream().anyMatch(AccessChoice::isLimited);
    }

    /** The access that a binding requests. */
    Result<WantedAccess> requested(RedisAccessBinding binding) {
        BindingKey key = BindingKey.of(binding);
        return cluster.database(binding.getSpec().databaseRef().name())
                .map(registered -> AccessChoice.of(
                        Optional.ofNullable(binding.getSpec().accessProfile()),
                        new ServiceAccountKey(key.namespace(), binding.getSpec().serviceAccountName()),
                        registered,
                        cluster.namespaceLabels(key.namespace()),
                        written(key)))
                .orElseGet(() -> Result.failed(
                        Problem.of(Reason.DATABASE_NOT_FOUND, "The RedisDatabase of this binding does not exist.")));
    }

    private Set<AccessString> written(BindingKey key) {
        return memories.find(key).map(BindingMemory::written).orElse(Set.of());
    }

    /** The bindings of the same ServiceAccount whose status has a notice about this one, which is going. */
    public Stream<BindingKey> withNoticeAbout(RedisAccessBinding older) {
        if (older.getSpec() == null) {
            return Stream.empty();
        }
        BindingKey key = BindingKey.of(older);
        var account = new ServiceAccountKey(key.namespace(), older.getSpec().serviceAccountName());
        return cluster.bindingsOf(account).stream()
                .filter(binding -> Conditions.find(
                                RedisAccessBindingStatus.of(binding).conditions(), ConditionType.ENVIRONMENT_PUBLISHED)
                        .filter(published -> SharedNames.isNoticed(published.getMessage(), key.name()))
                        .isPresent())
                .map(BindingKey::of);
    }

    /**
     * A binding that is not identified yet and may need the access of this one, which is being deleted: it has the same
     * ServiceAccount and client ID, and the database admits it. So it is with a binding that gets another name.
     */
    Optional<BindingKey> unidentifiedTwin(DatabaseId database, RedisAccessBinding leaving) {
        var account = new ServiceAccountKey(
                leaving.getMetadata().getNamespace(), leaving.getSpec().serviceAccountName());
        return cluster.bindingsOf(account).stream()
                .filter(other -> !other.isMarkedForDeletion())
                .filter(other -> Objects.equals(
                        other.getSpec().clientId(), leaving.getSpec().clientId()))
                .filter(this::mayYetBeIdentified)
                .filter(other -> isAdmittedTo(database, other))
                .map(BindingKey::of)
                .findFirst();
    }

    private boolean mayYetBeIdentified(RedisAccessBinding binding) {
        boolean open = identification(binding)
                .map(known -> known.principal().isEmpty() && !known.exhausted())
                .orElse(true);
        return open && awaitsExchange(binding);
    }

    private boolean isAdmittedTo(DatabaseId database, RedisAccessBinding binding) {
        return cluster.registrations(database).stream()
                .filter(registered -> registered
                        .getMetadata()
                        .getName()
                        .equals(binding.getSpec().databaseRef().name()))
                .anyMatch(registered -> admits(registered, binding));
    }

    /** Whether there still is such a binding, being deleted or not. */
    boolean exists(DatabaseId database, BindingKey key) {
        return bindingsOf(database).anyMatch(binding -> BindingKey.of(binding).equals(key));
    }

    /** Whether another binding needs the assignment of this principal. */
    AccessNeed need(DatabaseId database, ObjectId principal, BindingKey except) {
        return othersWith(database, principal, except)
                .map(binding -> need(binding, principal))
                .max(Comparator.naturalOrder())
                .orElse(AccessNeed.NONE);
    }

    /** Those of the principals whose assignment no other binding needs. Each binding is looked at once: there may be thousands of both. */
    Set<ObjectId> unneeded(DatabaseId database, Set<ObjectId> principals, BindingKey except) {
        Set<ObjectId> left = new HashSet<>(principals);
        others(database, except).forEach(binding -> principals(binding)
                .filter(principal -> need(binding, principal) != AccessNeed.NONE)
                .forEach(left::remove));
        return left;
    }

    /** The bindings whose status alone keeps the assignment of this principal: an exchange has to confirm their identity. */
    Stream<BindingKey> unconfirmed(DatabaseId database, ObjectId principal, BindingKey except) {
        return othersWith(database, principal, except)
                .filter(binding -> need(binding, principal) == AccessNeed.UNCONFIRMED)
                .map(BindingKey::of);
    }

    private Stream<RedisAccessBinding> othersWith(DatabaseId database, ObjectId principal, BindingKey except) {
        return admittedWith(database, principal)
                .filter(binding -> !BindingKey.of(binding).equals(except));
    }

    private Stream<RedisAccessBinding> others(DatabaseId database, BindingKey except) {
        return admitted(database).filter(binding -> !BindingKey.of(binding).equals(except));
    }

    private AccessNeed need(RedisAccessBinding binding, ObjectId principal) {
        Optional<Identification> known = identification(binding);
        Optional<Principal> identified = known.flatMap(Identification::principal);
        if (identified.isPresent()) {
            boolean same = identified.get().objectId().equals(principal);
            AccessNeed confirmed = known.get().exchanged() ? AccessNeed.CONFIRMED : AccessNeed.UNCONFIRMED;
            return same ? confirmed : AccessNeed.NONE;
        }
        boolean recorded = recordedFor(binding).filter(principal::equals).isPresent();
        return recorded && !isRefused(binding) ? AccessNeed.UNCONFIRMED : AccessNeed.NONE;
    }

    /** Whether the workload cannot have the identity with the present configuration. */
    private boolean isRefused(RedisAccessBinding binding) {
        return unidentifiable(binding)
                || identification(binding).filter(Identification::refused).isPresent();
    }

    private boolean unidentifiable(RedisAccessBinding binding) {
        return memories.find(BindingKey.of(binding))
                .filter(BindingMemory::isUnidentifiable)
                .isPresent();
    }

    private Optional<Identification> identification(RedisAccessBinding binding) {
        return memories.find(BindingKey.of(binding)).flatMap(BindingMemory::identification);
    }

    /** The principals of a binding, in the memory of this process and in status. */
    public Stream<ObjectId> principals(RedisAccessBinding binding) {
        return Stream.concat(
                        memories.find(BindingKey.of(binding)).stream().flatMap(BindingMemory::principals),
                        recordedFor(binding).stream())
                .distinct();
    }

    /**
     * Whether nothing is known yet of the identity of an admitted binding of the database: neither from status nor by an exchange
     * that has ended. Bindings that were created later do not count: they have no access that could be taken for excess, and
     * a tenant may create one at any time.
     *
     * @param before the last moment of creation that counts, by the API server's clock
     */
    public boolean hasUnidentified(DatabaseId database, Instant before) {
        return admitted(database).anyMatch(binding -> isUnidentified(binding) && createdBy(binding, before));
    }

    private static boolean createdBy(RedisAccessBinding binding, Instant moment) {
        String created = binding.getMetadata().getCreationTimestamp();
        return created == null || !Instant.parse(created).isAfter(moment);
    }

    private boolean isUnidentified(RedisAccessBinding binding) {
        return identification(binding).isEmpty() && awaitsExchange(binding);
    }

    /** Whether only an exchange can show the identity of a binding, and one can be tried. */
    private boolean awaitsExchange(RedisAccessBinding binding) {
        return recordedFor(binding).isEmpty()
                && !unidentifiable(binding)
                && BindingParser.parse(binding).toProblem().isEmpty();
    }

    /**
     * The bindings of a database with the principals whose assignments they explain: of those that the database admits and
     * of those that are being deleted, all that are known, in status also until this process has exchanged a token; of the others those that this process has
     * identified, whose access is about to be revoked.
     */
    public List<AccessUse> uses(DatabaseId database) {
        return cluster.registrations(database).stream()
                .flatMap(registered -> cluster
                        .bindingsOf(registered.getMetadata().getName())
                        .stream()
                        .map(binding -> use(registered, binding)))
                .toList();
    }

    private AccessUse use(RedisDatabase registered, RedisAccessBinding binding) {
        boolean leaving = binding.isMarkedForDeletion() || !admits(registered, binding);
        boolean full = requestsFull(binding) && AccessChoice.offersFull(registered);
        return new AccessUse(
                BindingKey.of(binding),
                Optional.ofNullable(binding.getSpec())
                        .map(RedisAccessBindingSpec::serviceAccountName)
                        .orElse(""),
                explained(registered, binding).collect(Collectors.toSet()),
                leaving || (full || isOfferedProfile(binding)) && !isRefused(binding),
                full);
    }

    private static boolean requestsFull(RedisAccessBinding binding) {
        return binding.getSpec() != null && binding.getSpec().accessProfile() == null;
    }

    private boolean isOfferedProfile(RedisAccessBinding binding) {
        return binding.getSpec() != null
                && binding.getSpec().accessProfile() != null
                && requested(binding).toProblem().isEmpty();
    }

    private Stream<ObjectId> explained(RedisDatabase registered, RedisAccessBinding binding) {
        if (binding.isMarkedForDeletion()) {
            // Without the operator's finalizer its access is not revoked any more, and others' may keep it for ever.
            return binding.hasFinalizer(ApiGroup.FINALIZER) ? principals(binding) : Stream.empty();
        }
        Optional<Identification> identified = identification(binding);
        if (!admits(registered, binding)) {
            return identified.flatMap(Identification::principal).map(Principal::objectId).stream();
        }
        // Once a token was exchanged, status is no evidence: a forged one would explain another principal's access.
        // Before, it is, also if Entra refuses: a federated credential may be missing for a while.
        return identified.filter(Identification::exchanged).isPresent()
                ? memories.find(BindingKey.of(binding)).stream().flatMap(BindingMemory::principals)
                : principals(binding);
    }

    /** Whether a registration can't go before a binding: through it the access of the binding is revoked. */
    public boolean holdsAccess(
            RedisDatabase registered, RedisAccessBinding binding, Optional<DatabaseSnapshot> snapshot, OwnerMark mark) {
        boolean recorded = binding.getStatus() != null && binding.getStatus().assignment() != null;
        boolean created = snapshot.flatMap(DatabaseSnapshot::inventory).stream()
                .anyMatch(inventory -> principals(binding).anyMatch(principal -> mark.createdFor(principal, inventory)
                        .isPresent()));
        boolean leaving = binding.isMarkedForDeletion() && binding.hasFinalizer(ApiGroup.FINALIZER);
        return created || recorded && (admits(registered, binding) && !binding.isMarkedForDeletion() || leaving);
    }

    /** The principal in status. */
    static Optional<ObjectId> recordedFor(RedisAccessBinding binding) {
        return Optional.ofNullable(binding.getStatus()).flatMap(PassState::recordedIn);
    }
}
