package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.controller.pass.ClusterView;
import dev.redisaccess.operator.kubernetes.PruningItemStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link ClusterView} from the informers of the binding controller. */
public final class InformerClusterView implements ClusterView {

    private final boolean whole;
    private volatile BindingInformers informers;

    /** @param whole whether all namespaces are watched */
    public InformerClusterView(boolean whole) {
        this.whole = whole;
    }

    /** Until the framework has created the informers, the cluster looks empty. */
    void attach(BindingInformers started) {
        informers = started;
    }

    /** Whether it has informers. */
    boolean isAttached() {
        return informers != null;
    }

    private Optional<BindingInformers> informers() {
        return Optional.ofNullable(informers);
    }

    @Override
    public boolean isWhole() {
        return whole;
    }

    @Override
    public Optional<RedisDatabase> database(String name) {
        return informers().flatMap(known -> known.databases().get(new ResourceID(name)));
    }

    @Override
    public List<RedisDatabase> registrations(DatabaseId database) {
        return informers()
                .map(known ->
                        known.databases().byIndex(BindingInformers.BY_RESOURCE_ID, BindingInformers.indexKey(database)))
                .orElse(List.of());
    }

    @Override
    public Optional<ServiceAccount> serviceAccount(ServiceAccountKey key) {
        return informers().flatMap(known -> known.serviceAccounts().get(new ResourceID(key.name(), key.namespace())));
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return informers()
                .flatMap(known -> known.namespaces().get(new ResourceID(namespace)))
                .filter(PruningItemStore::hasLabels)
                .map(found ->
                        Optional.ofNullable(found.getMetadata().getLabels()).orElse(Map.of()));
    }

    @Override
    public List<RedisAccessBinding> bindingsOf(String databaseName) {
        return informers()
                .map(known -> known.bindings().byIndex(BindingInformers.BY_DATABASE, databaseName))
                .orElse(List.of());
    }

    @Override
    public List<RedisAccessBinding> bindingsOf(ServiceAccountKey account) {
        return informers().map(known -> known.bindingsOf(account)).orElse(List.of());
    }

    /** The ConfigMaps that this operator labelled and that have the binding's name, or belong to one of that name. */
    public List<ConfigMap> configMapsOf(BindingKey key) {
        return Stream.concat(
                        configMap(key.namespace(), key.name()).stream(),
                        informers().stream()
                                .flatMap(known -> known
                                        .configMaps()
                                        .byIndex(BindingInformers.BY_OWNER, BindingInformers.ownerKey(key))
                                        .stream()))
                .toList();
    }

    /** A ConfigMap that this operator labelled. */
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return informers().flatMap(known -> known.configMaps().get(new ResourceID(name, namespace)));
    }
}
