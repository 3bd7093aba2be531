package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster in a few maps. */
final class FakeCluster implements ClusterView {

    final Map<String, RedisDatabase> databases = new LinkedHashMap<>();
    final Map<ServiceAccountKey, ServiceAccount> serviceAccounts = new HashMap<>();
    final Map<String, Map<String, String>> namespaceLabels = new HashMap<>();
    final Map<BindingKey, RedisAccessBinding> bindings = new LinkedHashMap<>();

    boolean whole = true;

    @Override
    public boolean isWhole() {
        return whole;
    }

    @Override
    public Optional<RedisDatabase> database(String name) {
        return Optional.ofNullable(databases.get(name));
    }

    @Override
    public List<RedisDatabase> registrations(DatabaseId database) {
        return databases.values().stream()
                .filter(registered -> DatabaseResolution.idOf(registered).fold(database::equals, problem -> false))
                .toList();
    }

    @Override
    public Optional<ServiceAccount> serviceAccount(ServiceAccountKey key) {
        return Optional.ofNullable(serviceAccounts.get(key));
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return Optional.of(namespaceLabels.getOrDefault(namespace, Map.of()));
    }

    @Override
    public List<RedisAccessBinding> bindingsOf(String databaseName) {
        return bindings.values().stream()
                .filter(binding -> binding.getSpec().databaseRef().name().equals(databaseName))
                .toList();
    }

    @Override
    public List<RedisAccessBinding> bindingsOf(ServiceAccountKey account) {
        return bindings.values().stream()
                .filter(binding -> binding.getMetadata().getNamespace().equals(account.namespace())
                        && binding.getSpec().serviceAccountName().equals(account.name()))
                .toList();
    }
}
