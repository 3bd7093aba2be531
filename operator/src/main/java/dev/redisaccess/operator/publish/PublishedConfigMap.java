package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.binding.environment.ContentHash;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher.Publication;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The ConfigMap of a publication: how it must look, and whether one does. Pure. */
public final class PublishedConfigMap {

    /** The label that every ConfigMap of ours carries: what the informer selects by. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** The label's value. */
    public static final String MANAGER = "redis-access-operator";

    private PublishedConfigMap() {}

    /** How it must look. */
    public static ConfigMap of(Publication publication) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(publication.binding().namespace())
                .withName(publication.configMapName())
                .withLabels(Map.of(MANAGED_BY, MANAGER))
                .withAnnotations(Map.of(ApiGroup.CONTENT_HASH, ContentHash.of(publication.variables())))
                .withOwnerReferences(Ownership.of(publication.binding(), publication.uid()))
                .endMetadata()
                .withData(new TreeMap<>(publication.variables()))
                .build();
    }

    /** Whether it belongs to this very binding: one of the same name that was deleted and made anew is another. */
    static boolean owned(ConfigMap found, Publication publication) {
        return Ownership.isOf(publication.uid(), found);
    }

    /** Whether nothing needs to be written. */
    static boolean upToDate(ConfigMap found, Publication publication) {
        ConfigMap wanted = of(publication);
        return owned(found, publication)
                && hasContent(found, publication)
                && contains(
                        found.getMetadata().getLabels(), wanted.getMetadata().getLabels())
                && contains(
                        found.getMetadata().getAnnotations(),
                        wanted.getMetadata().getAnnotations());
    }

    /** The cache keeps no content where it is what the annotation says; that is compared anyway. */
    private static boolean hasContent(ConfigMap found, Publication publication) {
        return found.getData() == null || publication.variables().equals(found.getData());
    }

    /** Entries that somebody else put there: they would reach the pods. */
    static Set<String> foreignKeys(ConfigMap found, Publication publication) {
        Set<String> keys = new TreeSet<>(data(found).keySet());
        keys.removeAll(publication.variables().keySet());
        return keys;
    }

    private static Map<String, String> data(ConfigMap found) {
        return found.getData() == null ? Map.of() : found.getData();
    }

    private static boolean contains(Map<String, String> found, Map<String, String> wanted) {
        return found != null && found.entrySet().containsAll(wanted.entrySet());
    }
}
