package dev.redisaccess.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The stores of all informers of one kind: one for each watched namespace, or one for all namespaces. After a LIST an informer
 * removes from its store what the LIST does not have (fabric8 7.6: {@code ProcessorStore.retainAll}), so a store that two
 * informers share loses the objects of one of them. Safe for use by many threads.
 */
public final class InformerStores<T extends HasMetadata> {

    private final Consumer<T> prune;
    private final Consumer<String> removed;
    private final List<PruningItemStore<T>> stores = new CopyOnWriteArrayList<>();

    /** The parameters are those of {@link PruningItemStore#PruningItemStore(Consumer, Consumer)}. */
    public InformerStores(Consumer<T> prune, Consumer<String> removed) {
        this.prune = prune;
        this.removed = removed;
    }

    /** A new store, for one informer. */
    public PruningItemStore<T> create() {
        PruningItemStore<T> store = new PruningItemStore<>(prune, removed);
        stores.add(store);
        return store;
    }

    /** All objects. They must not be changed. */
    public Stream<T> values() {
        return stores.stream().flatMap(PruningItemStore::values);
    }

    /** The stored object, if it has the version of the item; else the item itself, as it would be stored. */
    public T kept(T item) {
        Optional<T> stored = stores.stream()
                .map(store -> store.get(store.getKey(item)))
                .filter(Objects::nonNull)
                .filter(found -> Objects.equals(
                        found.getMetadata().getResourceVersion(),
                        item.getMetadata().getResourceVersion()))
                .findFirst();
        if (stored.isEmpty()) {
            prune.accept(item);
        }
        return stored.orElse(item);
    }
}
