package dev.redisaccess.operator.sequences;

import dev.redisaccess.operator.api.AccessProfileSpec;
import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.FullAccess;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.api.Retention;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.controller.pass.ClusterView;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Kubernetes: what the API server has, and what the operator's informers have received so far. An informer can be behind, but
 * never has something that was not so.
 */
final class ModelCluster implements ClusterView {

    static final String NAMESPACE = "shop";
    private static final String CLIENT_ID = "azure.workload.identity/client-id";
    static final String DATABASE = "orders-cache";

    /** As the API server has them. A stored object is never changed: a write puts a new one. */
    final Map<BindingKey, RedisAccessBinding> stored = new LinkedHashMap<>();
    /** As the informer of the operator has them. */
    final Map<BindingKey, RedisAccessBinding> known = new LinkedHashMap<>();

    /** Principals whose assignment another client has changed. */
    final Set<ObjectId> meddled = new HashSet<>();
    /** Principals whose access a binding has retained, by its deletion policy. */
    final Set<ObjectId> retained = new HashSet<>();

    private final Map<String, ServiceAccount> serviceAccounts = new LinkedHashMap<>();
    private final Retention retention;
    private final DatabaseAccessSpec access;
    /** The access strings of the profiles, by name. */
    final Map<String, String> profiles = new LinkedHashMap<>();

    /** Whether bindings without a profile get full access. */
    boolean fullAllowed = true;

    /** Every principal that an account has been. */
    private final Map<String, Set<ObjectId>> everWas = new LinkedHashMap<>();

    private boolean admitted = true;
    private RedisDatabase registered;
    private int uids;

    ModelCluster(Retention retention, DatabaseAccessSpec access) {
        this.retention = retention;
        this.access = access;
        admit(true);
    }

    boolean isAdmitted() {
        return !registered.getSpec().allowedNamespaces().names().isEmpty();
    }

    void admit(boolean now) {
        admitted = now;
        register();
    }

    /** After a change of the profiles. */
    void register() {
        registered = registered(admitted ? List.of(NAMESPACE) : List.of());
    }

    private DatabaseAccessSpec access() {
        return new DatabaseAccessSpec(
                fullAllowed ? FullAccess.ALLOWED : FullAccess.FORBIDDEN,
                profiles.entrySet().stream()
                        .map(profile -> new AccessProfileSpec(profile.getKey(), profile.getValue(), null))
                        .toList(),
                access.acknowledged(),
                access.unmanaged(),
                access.leftovers(),
                access.revocation());
    }

    /** The access string that a binding requests; empty if the database does not offer it. Without the operator's code. */
    Optional<String> requested(RedisAccessBinding binding) {
        String profile = binding.getSpec().accessProfile();
        if (profile == null) {
            return Optional.of("+@all ~*").filter(any -> fullAllowed);
        }
        return Optional.ofNullable(profiles.get(profile)).map(text -> text.replace("{namespace}", NAMESPACE));
    }

    /** Whether a binding that the operator has received may have led to a write of this access for this principal. */
    boolean isRequested(ObjectId principal, String accessString) {
        return known.values().stream()
                .filter(binding -> everWas.getOrDefault(binding.getSpec().serviceAccountName(), Set.of())
                        .contains(principal))
                .anyMatch(binding ->
                        requested(binding).filter(accessString::equals).isPresent());
    }

    /** The oldest binding of a principal that requests what the database offers. */
    Optional<RedisAccessBinding> oldest(ObjectId principal) {
        return stored.values().stream()
                .filter(binding -> requested(binding).isPresent())
                .filter(binding -> hasServiceAccount(binding.getSpec().serviceAccountName()))
                .filter(binding -> principalOf(binding).equals(principal))
                .min(Comparator.comparing((RedisAccessBinding binding) ->
                                binding.getMetadata().getCreationTimestamp())
                        .thenComparing(binding -> binding.getMetadata().getName()));
    }

    private RedisDatabase registered(List<String> namespaces) {
        var database = new RedisDatabase();
        database.setMetadata(new ObjectMetaBuilder().withName(DATABASE).build());
        database.setSpec(new RedisDatabaseSpec(
                "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop"
                        + "/providers/Microsoft.Cache/redisEnterprise/orders",
                new AllowedNamespaces(namespaces, null),
                300,
                retention,
                access()));
        return database;
    }

    /** A new object, or the old one with another identity. */
    void serviceAccount(String name, String clientId, boolean recreated) {
        ServiceAccount before = serviceAccounts.get(name);
        String uid = before == null || recreated
                ? "uid-" + ++uids
                : before.getMetadata().getUid();
        everWas.computeIfAbsent(name, any -> new HashSet<>()).add(ModelOperator.objectId(new ClientId(clientId)));
        serviceAccounts.put(
                name,
                new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .withUid(uid)
                        .addToAnnotations(CLIENT_ID, clientId)
                        .endMetadata()
                        .build());
    }

    /**
     * Whether a ServiceAccount of that name has this principal; where there is none now, whether one had it at any time. A status may
     * name a former one: that of a binding whose new identity the operator has exchanged explains nothing any more.
     *
     * @param forged whether that status was: then only the present principal counts
     */
    boolean isOrWas(String name, ObjectId principal, boolean forged) {
        ServiceAccount account = serviceAccounts.get(name);
        return account == null
                ? !forged && everWas.getOrDefault(name, Set.of()).contains(principal)
                : principalOf(account).equals(principal);
    }

    void removeServiceAccount(String name) {
        serviceAccounts.remove(name);
    }

    void bind(BindingKey key, String account, DeletionPolicy policy, String profile) {
        RedisAccessBinding before = stored.get(key);
        var binding = new RedisAccessBinding();
        binding.setMetadata(new ObjectMetaBuilder()
                .withName(key.name())
                .withNamespace(key.namespace())
                .withUid(before == null ? "uid-" + ++uids : before.getMetadata().getUid())
                .withCreationTimestamp(
                        before == null
                                ? Instant.parse("2026-01-01T00:00:00Z")
                                        .plusSeconds(uids)
                                        .toString()
                                : before.getMetadata().getCreationTimestamp())
                .withGeneration(before == null ? 1L : before.getMetadata().getGeneration() + 1)
                .withDeletionTimestamp(
                        before == null ? null : before.getMetadata().getDeletionTimestamp())
                .build());
        binding.setSpec(new RedisAccessBindingSpec(
                new DatabaseReference(DATABASE),
                before == null ? account : before.getSpec().serviceAccountName(),
                null,
                null,
                null,
                null,
                policy,
                profile));
        binding.setStatus(before == null ? null : before.getStatus());
        stored.put(key, binding);
    }

    void delete(BindingKey key) {
        RedisAccessBinding copy = copy(stored.get(key));
        copy.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        copy.getMetadata().setGeneration(copy.getMetadata().getGeneration() + 1);
        stored.put(key, copy);
    }

    /**
     * Writes the status, as server-side apply does: whatever else has changed meanwhile stays. The result is returned
     * at once.
     */
    void status(BindingKey key, RedisAccessBindingStatus status) {
        RedisAccessBinding before = stored.get(key);
        if (before.getStatus() != null && !Objects.equals(before.getStatus().identity(), status.identity())) {
            released(known.get(key)); // the pass saw this one, and its policy
        }
        RedisAccessBinding copy = copy(before);
        copy.setStatus(status);
        stored.put(key, copy);
        known.put(key, copy);
    }

    /** A status that the operator did not write: forged by a tenant, or lost in a restore. */
    void foreignStatus(BindingKey key, RedisAccessBindingStatus status) {
        RedisAccessBinding copy = copy(stored.get(key));
        copy.setStatus(status);
        stored.put(key, copy);
    }

    /** Whether the API server still has this very object. */
    boolean isStored(BindingKey key, RedisAccessBinding binding) {
        return Optional.ofNullable(stored.get(key))
                .map(found -> found.getMetadata().getUid())
                .filter(binding.getMetadata().getUid()::equals)
                .isPresent();
    }

    void remove(BindingKey key) {
        stored.remove(key);
    }

    /** A binding has left the identity that status names. */
    void released(RedisAccessBinding binding) {
        if (retention == Retention.ALLOWED
                && binding.getSpec().deletionPolicy() == DeletionPolicy.RETAIN
                && binding.getStatus() != null) {
            Optional.ofNullable(binding.getStatus().identity())
                    .flatMap(identity -> ObjectId.parse(identity.objectId()))
                    .ifPresent(retained::add);
        }
    }

    boolean hasServiceAccount(String name) {
        return serviceAccounts.containsKey(name);
    }

    /** The principal of a binding's workload. */
    ObjectId principalOf(RedisAccessBinding binding) {
        return principalOf(serviceAccounts.get(binding.getSpec().serviceAccountName()));
    }

    private static ObjectId principalOf(ServiceAccount account) {
        return ModelOperator.objectId(
                new ClientId(account.getMetadata().getAnnotations().get(CLIENT_ID)));
    }

    /** The informer receives this binding. True if it had changed. */
    boolean notifyOf(BindingKey key) {
        RedisAccessBinding now = stored.get(key);
        RedisAccessBinding before = now == null ? known.remove(key) : known.put(key, now);
        return before != now;
    }

    private static RedisAccessBinding copy(RedisAccessBinding binding) {
        var copy = new RedisAccessBinding();
        copy.setMetadata(new ObjectMetaBuilder(binding.getMetadata()).build());
        copy.setSpec(binding.getSpec());
        copy.setStatus(binding.getStatus());
        return copy;
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public Optional<RedisDatabase> database(String name) {
        return Optional.of(registered)
                .filter(database -> database.getMetadata().getName().equals(name));
    }

    /** Every registered database. */
    List<RedisDatabase> registered() {
        return List.of(registered);
    }

    @Override
    public List<RedisDatabase> registrations(DatabaseId database) {
        return List.of(registered);
    }

    @Override
    public Optional<ServiceAccount> serviceAccount(ServiceAccountKey key) {
        return Optional.ofNullable(serviceAccounts.get(key.name()));
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return Optional.of(Map.of());
    }

    @Override
    public List<RedisAccessBinding> bindingsOf(ServiceAccountKey account) {
        return known.values().stream()
                .filter(binding -> binding.getSpec().serviceAccountName().equals(account.name()))
                .toList();
    }

    @Override
    public List<RedisAccessBinding> bindingsOf(String databaseName) {
        return List.copyOf(known.values());
    }
}
