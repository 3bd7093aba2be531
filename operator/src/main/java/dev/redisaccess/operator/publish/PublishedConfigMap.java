package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher.Publication;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    private static final int HASH_CHARACTERS = 12;

    private PublishedConfigMap() {}

    /** How it must look. */
    public static ConfigMap of(Publication publication) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(publication.binding().namespace())
                .withName(publication.configMapName())
                .withLabels(Map.of(MANAGED_BY, MANAGER))
                .withAnnotations(Map.of(ApiGroup.CONTENT_HASH, hash(publication.variables())))
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
                && publication.variables().equals(data(found))
                && contains(
                        found.getMetadata().getLabels(), wanted.getMetadata().getLabels())
                && contains(
                        found.getMetadata().getAnnotations(),
                        wanted.getMetadata().getAnnotations());
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

    private static String hash(Map<String, String> variables) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // A length before each text, so that no two contents read the same.
            new TreeMap<>(variables)
                    .forEach((name, value) -> digest.update((name.length() + ":" + name + value.length() + ":" + value)
                            .getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
