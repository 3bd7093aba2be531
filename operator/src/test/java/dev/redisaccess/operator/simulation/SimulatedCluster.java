package dev.redisaccess.operator.simulation;

import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.controller.pass.ClusterView;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kubernetes with many databases, namespaces and bindings; each binding has a ServiceAccount of its name. */
final class SimulatedCluster implements ClusterView {

    private static final String CLIENT_ID = "azure.workload.identity/client-id";

    private final Clock clock;
    private final Map<String, RedisDatabase> databases = new LinkedHashMap<>();
    private final Map<String, List<BindingKey>> byDatabase = new HashMap<>();
    final Map<BindingKey, RedisAccessBinding> bindings = new LinkedHashMap<>();

    SimulatedCluster(Clock clock) {
        this.clock = clock;
    }

    void register(String name, List<String> namespaces) {
        var database = new RedisDatabase();
        database.setMetadata(
                new ObjectMetaBuilder().withName(name).withGeneration(1L).build());
        database.setSpec(new RedisDatabaseSpec(
                "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop"
                        + "/providers/Microsoft.Cache/redisEnterprise/" + name,
                new AllowedNamespaces(namespaces, null),
                300,
                null,
                null));
        databases.put(name, database);
    }

    BindingKey bind(String namespace, String database) {
        BindingKey key = new BindingKey(namespace, "b" + bindings.size());
        var binding = new RedisAccessBinding();
        binding.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(key.name())
                .withUid("uid-" + key.name())
                .withGeneration(1L)
                .withCreationTimestamp(clock.instant().toString())
                .build());
        binding.setSpec(new RedisAccessBindingSpec(
                new DatabaseReference(database), key.name(), null, null, null, null, DeletionPolicy.DELETE, null));
        bindings.put(key, binding);
        byDatabase.computeIfAbsent(database, any -> new ArrayList<>()).add(key);
        return key;
    }

    List<DatabaseId> registered() {
        return databases.values().stream()
                .flatMap(database -> DatabaseResolution.idOf(database).toOptional().stream())
                .toList();
    }

    static String clientId(String account) {
        return "cccccccc-0000-0000-0000-%012d".formatted(Integer.parseInt(account.substring(1)));
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public Optional<RedisDatabase> database(String name) {
        return Optional.ofNullable(databases.get(name));
    }

    @Override
    public List<RedisDatabase> registrations(DatabaseId database) {
        String path = database.path();
        return databases.values().stream()
                .filter(each ->
                        path.contains("/redisEnterprise/" + each.getMetadata().getName() + "/"))
                .toList();
    }

    @Override
    public Optional<ServiceAccount> serviceAccount(ServiceAccountKey key) {
        return Optional.of(new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(key.name())
                .withUid("uid-" + key.name())
                .addToAnnotations(CLIENT_ID, clientId(key.name()))
                .endMetadata()
                .build());
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return Optional.of(Map.of());
    }

    @Override
    public List<RedisAccessBinding> bindingsOf(String database) {
        return byDatabase.getOrDefault(database, List.of()).stream()
                .map(bindings::get)
                .toList();
    }

    @Override
    public List<RedisAccessBinding> bindingsOf(ServiceAccountKey account) {
        return Optional.ofNullable(bindings.get(new BindingKey(account.namespace(), account.name()))).stream()
                .toList();
    }
}
