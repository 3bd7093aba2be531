package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.controller.pass.ClusterView;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bindings of one database, each with its own ServiceAccount and identity, as in the informers' caches. */
final class BindingsAtRest implements ClusterView {

    private final RedisDatabase database = OneDatabase.registered();
    private final List<RedisAccessBinding> bindings = new ArrayList<>();
    private final List<ServiceAccount> accounts = new ArrayList<>();

    /**
     * @param count the number of bindings
     * @param origin of every assignment, as in status
     */
    BindingsAtRest(int count, AssignmentOrigin origin) {
        for (int i = 0; i < count; i++) {
            accounts.add(new ServiceAccountBuilder()
                    .withNewMetadata()
                    .withName("app-" + i)
                    .withUid(Guids.of("account", i))
                    .withAnnotations(Map.of("azure.workload.identity/client-id", Guids.of("client", i)))
                    .endMetadata()
                    .build());
            bindings.add(binding(i, origin));
        }
    }

    private static RedisAccessBinding binding(int number, AssignmentOrigin origin) {
        RedisAccessBinding binding = new RedisAccessBinding();
        binding.setMetadata(new ObjectMetaBuilder()
                .withNamespace(OneDatabase.NAMESPACE)
                .withName("app-" + number)
                .withUid(Guids.of("binding", number))
                .withGeneration(1L)
                .build());
        binding.setSpec(new RedisAccessBindingSpec(
                new DatabaseReference(OneDatabase.NAME), "app-" + number, null, null, null, null, null, null));
        Principal principal = OneDatabase.principal(number);
        binding.setStatus(new RedisAccessBindingStatus(
                null,
                null,
                null,
                new IdentityStatus(
                        principal.clientId().value(),
                        principal.objectId().value(),
                        principal.tenantId().value(),
                        Federation.DIRECT),
                new AssignmentStatus(
                        OneDatabase.assignment(principal.objectId().value(), origin)
                                .name(),
                        origin,
                        ProvisioningState.Succeeded.name(),
                        null),
                null,
                null,
                null));
        return binding;
    }

    List<RedisAccessBinding> all() {
        return bindings;
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public Optional<RedisDatabase> database(String name) {
        return Optional.of(database);
    }

    @Override
    public List<RedisDatabase> registrations(DatabaseId id) {
        return List.of(database);
    }

    @Override
    public Optional<ServiceAccount> serviceAccount(ServiceAccountKey key) {
        return Optional.of(accounts.get(number(key)));
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return Optional.of(Map.of());
    }

    @Override
    public List<RedisAccessBinding> bindingsOf(String databaseName) {
        // The informer's index also returns a new list.
        return new ArrayList<>(bindings);
    }

    @Override
    public List<RedisAccessBinding> bindingsOf(ServiceAccountKey account) {
        return List.of(bindings.get(number(account)));
    }

    private static int number(ServiceAccountKey key) {
        return Integer.parseInt(key.name(), "app-".length(), key.name().length(), 10);
    }
}
