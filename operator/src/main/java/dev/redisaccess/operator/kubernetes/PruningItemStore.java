package dev.redisaccess.operator.kubernetes;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.api.BirthStatus;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.binding.ClientIdChoice;
import dev.redisaccess.operator.binding.FederationChoice;
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
 * out copies of bindings and databases, and nothing changes the rest.
 */
public final class PruningItemStore<T extends HasMetadata> extends BasicItemStore<T> {

    /**
     * Characters that an object may have in what is not bounded by its schema. The operator's own objects have some 3,000.
     * Of a larger one, nothing of that is kept: a reader finds it absent.
     */
    private static final int LARGEST = 16 * 1024;

    /** Characters that are kept of an annotation: a client ID has 36. A cut one is as wrong as the whole was. */
    private static final int LONGEST_ANNOTATION = 256;

    /** Characters that are kept of a condition's message. The operator's own have at most 1,024 and a few words more. */
    private static final int LONGEST_MESSAGE = 2048;

    /** What the workload identity webhook copies into pods. */
    private static final Set<String> IDENTITY =
            Set.of(ClientIdChoice.ANNOTATION, OperatorIdentity.TENANT_ANNOTATION, FederationChoice.ANNOTATION);

    /** The annotations of a stored namespace whose labels were too many to keep. */
    private static final Map<String, String> LABELS_LEFT_OUT = Map.of("labels", "left out");

    private final Consumer<T> prune;
    private final Consumer<String> removed;

    /**
     * @param prune removes what this operator does not read
     */
    public PruningItemStore(Consumer<T> prune) {
        this(prune, key -> {});
    }

    /**
     * @param prune removes what this operator does not read
     * @param removed called with the key of an object that is gone: its name, after its namespace and a slash if it has one
     */
    public PruningItemStore(Consumer<T> prune, Consumer<String> removed) {
        super(Cache::metaNamespaceKeyFunc);
        this.prune = prune;
        this.removed = removed;
    }

    @Override
    public T remove(String key) {
        T before = super.remove(key);
        removed.accept(key);
        return before;
    }

    @Override
    public T put(String key, T item) {
        prune.accept(item);
        return super.put(key, item);
    }

    /** Removes labels, annotations and what exceeds the operator's own conditions. */
    public static void binding(RedisAccessBinding binding) {
        ours(binding, RedisAccessBindingStatus::conditions);
    }

    /** Removes the same of a database. */
    public static void database(RedisDatabase database) {
        ours(database, RedisDatabaseStatus::conditions);
    }

    /** Labels and annotations are the user's; kubectl keeps a copy of the whole object in one of them. */
    private static <S> void ours(CustomResource<?, S> item, Function<S, List<Condition>> conditions) {
        item.getMetadata().setLabels(null);
        item.getMetadata().setAnnotations(null);
        if (item.getStatus() != null && BirthStatus.is(conditions.apply(item.getStatus()))) {
            item.setStatus(null); // It was never reported, so no time in it is a transition.
        }
        Optional.ofNullable(item.getStatus())
                .map(conditions)
                .ifPresent(each -> each.forEach(condition -> {
                    condition.setAdditionalProperties(Map.of());
                    condition.setMessage(cut(condition.getMessage(), LONGEST_MESSAGE));
                }));
        metadata(item);
    }

    /** Keeps its UID, and the annotations of its identity. */
    public static void serviceAccount(ServiceAccount account) {
        account.setSecrets(List.of());
        account.setImagePullSecrets(List.of());
        account.setAdditionalProperties(Map.of());
        account.getMetadata().setLabels(null);
        only(IDENTITY, account.getMetadata());
        metadata(account);
    }

    /** Keeps its labels, if they are not too many: see {@link #hasLabels}. */
    public static void namespace(Namespace namespace) {
        boolean tooMany = size(namespace.getMetadata()) > LARGEST;
        namespace.setSpec(null);
        namespace.setStatus(null);
        namespace.setAdditionalProperties(Map.of());
        namespace.getMetadata().setAnnotations(null);
        metadata(namespace);
        if (tooMany) {
            namespace.getMetadata().setAnnotations(LABELS_LEFT_OUT);
        }
    }

    /** Whether a stored namespace has all labels that it has in the cluster. */
    public static boolean hasLabels(Namespace stored) {
        return !LABELS_LEFT_OUT.equals(stored.getMetadata().getAnnotations());
    }

    /** Keeps its owner: only the metadata is watched. */
    public static void accessReport(RedisAccessReport report) {
        report.setReport(null);
        report.getMetadata().setLabels(null);
        report.getMetadata().setAnnotations(null);
        metadata(report);
    }

    /** Its content, unless the operator's part of it is what its annotation says: then null. */
    public static void configMap(ConfigMap configMap) {
        ObjectMeta metadata = configMap.getMetadata();
        configMap.setBinaryData(Map.of());
        configMap.setAdditionalProperties(Map.of());
        Map<String, String> content = compact(configMap.getData());
        Map<String, String> annotations =
                Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of());
        boolean asAnnotated = ContentHash.of(ContentHash.published(content, annotations.get(ApiGroup.CONTENT_KEYS)))
                .equals(annotations.get(ApiGroup.CONTENT_HASH));
        configMap.setData(asAnnotated ? null : size(content) > LARGEST ? Map.of() : content);
        if (asAnnotated) {
            only(Set.of(ApiGroup.CONTENT_HASH), metadata);
        } else if (size(annotations) > LARGEST) {
            metadata.setAnnotations(null);
        } else {
            metadata.getAnnotations().keySet().retainAll(Set.of(ApiGroup.CONTENT_HASH, ApiGroup.CONTENT_KEYS));
        }
        metadata(configMap);
    }

    private static void only(Set<String> annotations, ObjectMeta metadata) {
        metadata.setAnnotations(Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of()).entrySet().stream()
                .filter(annotation -> annotations.contains(annotation.getKey()) && annotation.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, annotation -> cut(annotation.getValue(), LONGEST_ANNOTATION))));
    }

    private static String cut(String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most);
    }

    /** The model's lists have room to grow, and each of its objects has a map for fields that it does not know. */
    private static void metadata(HasMetadata item) {
        ObjectMeta metadata = item.getMetadata();
        metadata.setManagedFields(List.of()); // empty since it was read, but each object has made a list for them
        metadata.setAdditionalProperties(Map.of());
        if (size(metadata) > LARGEST) {
            metadata.setFinalizers(metadata.getFinalizers().stream()
                    .filter(finalizer -> finalizer.startsWith(ApiGroup.NAME + "/"))
                    .limit(2)
                    .toList());
            metadata.setOwnerReferences(List.of());
            metadata.setLabels(null);
        }
        metadata.setFinalizers(compact(metadata.getFinalizers()));
        metadata.setOwnerReferences(compact(metadata.getOwnerReferences()));
        metadata.getOwnerReferences().forEach(owner -> owner.setAdditionalProperties(Map.of()));
        metadata.setLabels(compact(metadata.getLabels()));
        metadata.setAnnotations(compact(metadata.getAnnotations()));
    }

    private static int size(ObjectMeta metadata) {
        return metadata.getFinalizers().stream().mapToInt(String::length).sum()
                + metadata.getOwnerReferences().stream()
                        .mapToInt(owner -> size(owner.getApiVersion())
                                + size(owner.getKind())
                                + size(owner.getName())
                                + size(owner.getUid()))
                        .sum()
                + size(metadata.getLabels());
    }

    private static int size(Map<String, String> texts) {
        return texts == null
                ? 0
                : texts.entrySet().stream()
                        .mapToInt(text -> size(text.getKey()) + size(text.getValue()))
                        .sum();
    }

    private static int size(String text) {
        return text == null ? 0 : text.length();
    }

    private static Map<String, String> compact(Map<String, String> map) {
        if (map == null || map.isEmpty()) {
            return Map.of();
        }
        return map.values().stream().anyMatch(Objects::isNull) ? map : Map.copyOf(map);
    }

    private static <E> List<E> compact(List<E> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
