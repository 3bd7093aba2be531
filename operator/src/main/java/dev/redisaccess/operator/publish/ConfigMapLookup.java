package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.binding.BindingKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The informer's cache of the ConfigMaps that carry our label. */
@FunctionalInterface
public interface ConfigMapLookup {

    /** A ConfigMap that the cache has; empty says only that it is not there. */
    Optional<ConfigMap> find(String namespace, String name);

    /** Those that the cache has and that may belong to a binding of this name: look at their owners. */
    default Collection<ConfigMap> ownedBy(BindingKey binding) {
        return List.of();
    }
}
