package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.binding.environment.ContentHash;
import io.fabric8.kubernetes.api.model.HasMetadata;
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

    private PublishedKeys() {}

    /** The annotation's value: no name that Kubernetes allows holds a comma. At most some 1,500 characters. */
    static String annotation(Set<String> keys) {
        return String.join(",", new TreeSet<>(keys));
    }

    /** The part of the content that was published; all of it where the annotation is missing. */
    static Map<String, String> of(HasMetadata found, Map<String, String> content) {
        return ContentHash.published(
                content,
                ObjectOwnership.annotation(found, ApiGroup.CONTENT_KEYS).orElse(null));
    }

    /**
     * The keys that were published and are no longer wanted. Without the annotation (an object of an earlier version, or a
     * removed annotation) no key is known to be the operator's, so none is removed.
     */
    static Set<String> stale(HasMetadata found, Map<String, String> content, Set<String> wanted) {
        Set<String> stale = new HashSet<>();
        ObjectOwnership.annotation(found, ApiGroup.CONTENT_KEYS)
                .ifPresent(names -> stale.addAll(List.of(names.split(","))));
        stale.retainAll(content.keySet());
        stale.removeAll(wanted);
        return stale;
    }
}
