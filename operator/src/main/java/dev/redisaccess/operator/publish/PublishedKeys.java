package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.ApiGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which entries of a published object are the operator's. An annotation names them, because entries that others add stay
 * where they are, and those that the operator published once and no longer publishes must go. Pure.
 */
final class PublishedKeys {

    /** Names, separated by commas; no name that Kubernetes allows holds one. At most some 1,500 characters. */
    static final String ANNOTATION = ApiGroup.CONTENT_KEYS;

    private PublishedKeys() {}

    /** The annotation's value. */
    static String annotation(Set<String> keys) {
        return String.join(",", new TreeSet<>(keys));
    }

    /** The part of the content that was published; all of it where the annotation is missing. */
    static Map<String, String> of(HasMetadata found, Map<String, String> content) {
        return Ownership.annotation(found, ANNOTATION)
                .map(names -> {
                    Map<String, String> part = new HashMap<>(content);
                    part.keySet().retainAll(Set.copyOf(List.of(names.split(","))));
                    return part;
                })
                .orElse(content);
    }

    /**
     * The keys that were published and are no longer wanted. Without the annotation (an object of an earlier version, or a
     * removed annotation) no key is known to be the operator's, so none is removed.
     */
    static Set<String> stale(HasMetadata found, Map<String, String> content, Set<String> wanted) {
        Set<String> stale = new HashSet<>();
        Ownership.annotation(found, ANNOTATION).ifPresent(names -> stale.addAll(List.of(names.split(","))));
        stale.retainAll(content.keySet());
        stale.removeAll(wanted);
        return stale;
    }
}
