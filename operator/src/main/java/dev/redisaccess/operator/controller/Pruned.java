package dev.redisaccess.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.function.Consumer;

/**
 * An informer's store that keeps only what is used. Managed fields alone are a third of an object's memory, and the operator
 * may see ten thousand of them.
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

    /** Takes away managed fields only. */
    static <T extends HasMetadata> Pruned<T> ofManagedFields() {
        return new Pruned<>(item -> {});
    }

    @Override
    public T put(String key, T item) {
        ObjectMeta metadata = item.getMetadata();
        metadata.setManagedFields(null);
        prune.accept(item);
        return super.put(key, item);
    }
}
