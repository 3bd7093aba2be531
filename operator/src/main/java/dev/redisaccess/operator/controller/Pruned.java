package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.binding.ClientIdChoice;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.environment.ContentHash;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An informer's store that keeps only what is read, in as little memory as the model's classes allow: the operator may see
 * ten thousand bindings, with a ServiceAccount and a ConfigMap each. What is stored must not be changed; the framework hands
 * out copies of bindings and databases, and nobody changes the rest.
 */
final class Pruned<T extends HasMetadata> extends BasicItemStore<T> {

    private final Consumer<T> prune;

    /**
     * @param prune takes away what this operator does not read
     */
    Pruned(Consumer<T> prune) {
        super(Cache::metaNamespaceKeyFunc);
        this.prune = prune;
    }

    @Override
    public T put(String key, T item) {
        prune.accept(item);
        return super.put(key, item);
    }

    /** This very version as it is stored, if it is; else the item itself, as it would be stored. */
    T kept(T item) {
        T stored = get(getKey(item));
        if (stored != null
                && Objects.equals(
                        stored.getMetadata().getResourceVersion(),
                        item.getMetadata().getResourceVersion())) {
            return stored;
        }
        prune.accept(item);
        return item;
    }

    static void binding(RedisAccessBinding binding) {
        ours(binding, RedisAccessBindingStatus::conditions);
    }

    static void database(RedisDatabase database) {
        ours(database, RedisDatabaseStatus::conditions);
    }

    /** Labels and annotations are the user's; what kubectl keeps there is the whole object once more. */
    private static <S> void ours(CustomResource<?, S> item, Function<S, List<Condition>> conditions) {
        item.getMetadata().setLabels(null);
        item.getMetadata().setAnnotations(null);
        Optional.ofNullable(item.getStatus())
                .map(conditions)
                .ifPresent(each -> each.forEach(condition -> condition.setAdditionalProperties(Map.of())));
        metadata(item);
    }

    /** That it is there, and whose identity it has. */
    static void serviceAccount(ServiceAccount account) {
        account.setSecrets(List.of());
        account.setImagePullSecrets(List.of());
        account.setAdditionalProperties(Map.of());
        account.getMetadata().setLabels(null);
        only(Set.of(ClientIdChoice.ANNOTATION, OperatorIdentity.TENANT_ANNOTATION), account.getMetadata());
        metadata(account);
    }

    static void namespace(Namespace namespace) {
        namespace.setSpec(null);
        namespace.setStatus(null);
        namespace.setAdditionalProperties(Map.of());
        namespace.getMetadata().setAnnotations(null);
        metadata(namespace);
    }

    /** Its content, unless that is what its annotation says: then null. */
    static void configMap(ConfigMap configMap) {
        configMap.setBinaryData(Map.of());
        configMap.setAdditionalProperties(Map.of());
        only(Set.of(ApiGroup.CONTENT_HASH), configMap.getMetadata());
        Map<String, String> content = compact(configMap.getData());
        String annotated = configMap.getMetadata().getAnnotations().get(ApiGroup.CONTENT_HASH);
        configMap.setData(ContentHash.of(content).equals(annotated) ? null : content);
        metadata(configMap);
    }

    private static void only(Set<String> annotations, ObjectMeta metadata) {
        metadata.setAnnotations(Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of()).entrySet().stream()
                .filter(annotation -> annotations.contains(annotation.getKey()) && annotation.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The model's lists have room to grow, and each of its objects has a map for fields that it does not know. */
    private static void metadata(HasMetadata item) {
        ObjectMeta metadata = item.getMetadata();
        metadata.setManagedFields(List.of()); // empty since it was read, but each object has made a list for them
        metadata.setAdditionalProperties(Map.of());
        metadata.setFinalizers(compact(metadata.getFinalizers()));
        metadata.setOwnerReferences(compact(metadata.getOwnerReferences()));
        metadata.getOwnerReferences().forEach(owner -> owner.setAdditionalProperties(Map.of()));
        metadata.setLabels(compact(metadata.getLabels()));
        metadata.setAnnotations(compact(metadata.getAnnotations()));
    }

    private static Map<String, String> compact(Map<String, String> map) {
        if (map == null || map.isEmpty()) {
            return Map.of();
        }
        return map.containsValue(null) ? map : Map.copyOf(map);
    }

    private static <E> List<E> compact(List<E> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
