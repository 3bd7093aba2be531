package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The objects, in memory, and their history. A stored tree is never changed: a write puts a new one. Not thread-safe: the
 * dispatcher serialises all requests.
 */
final class ObjectStore {
    /** How many past changes a watch can start from. */
    private static final int HISTORY = 4096;

    private final TreeMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
    private final Deque<StoreChange> history = new ArrayDeque<>();
    private final List<Consumer<StoreChange>> listeners = new CopyOnWriteArrayList<>();
    private long version = 1;

    Optional<ObjectNode> find(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** All objects of a kind, in one namespace or (when it is empty) in all, ordered by namespace and name. */
    List<ObjectNode> list(ResourceKind kind, String namespace) {
        List<ObjectNode> found = new ArrayList<>();
        ObjectKey first =
                new ObjectKey(kind.groupVersion().group(), kind.names().plural(), namespace, "");
        for (Map.Entry<ObjectKey, ObjectNode> entry :
                objects.tailMap(first, true).entrySet()) {
            ObjectKey key = entry.getKey();
            if (!key.isOf(kind) || !namespace.isEmpty() && !key.namespace().equals(namespace)) {
                break;
            }
            found.add(entry.getValue());
        }
        return found;
    }

    /** A copy of all keys, so that objects can be removed while one goes through them. */
    List<ObjectKey> keys() {
        return List.copyOf(objects.keySet());
    }

    /** Stores the object under the next resource version, and notifies every watch. */
    ObjectNode put(ObjectKey key, ObjectNode object) {
        ObjectNode stored = withVersion(object);
        Optional<ObjectNode> before = Optional.ofNullable(objects.put(key, stored));
        record(new StoreChange(key, version, before, Optional.of(stored)));
        return stored;
    }

    /** Removes the object under the next resource version, and notifies every watch. */
    ObjectNode remove(ObjectKey key) {
        ObjectNode removed = objects.remove(key);
        ObjectNode last = withVersion(removed);
        record(new StoreChange(key, version, Optional.of(last), Optional.empty()));
        return last;
    }

    private ObjectNode withVersion(ObjectNode object) {
        version++;
        ObjectNode copy = object.deepCopy();
        copy.withObjectProperty("metadata").put("resourceVersion", Long.toString(version));
        return copy;
    }

    private void record(StoreChange change) {
        history.addLast(change);
        if (history.size() > HISTORY) {
            history.removeFirst();
        }
        listeners.forEach(listener -> listener.accept(change));
    }

    long version() {
        return version;
    }

    /**
     * The changes after a resource version, oldest first.
     *
     * @throws ApiFailure 410 if they are no longer known
     */
    List<StoreChange> changesAfter(long since) {
        if (history.size() == HISTORY && since + 1 < history.getFirst().version()) {
            throw ApiFailure.expired();
        }
        return history.stream().filter(change -> change.version() > since).toList();
    }

    void listen(Consumer<StoreChange> listener) {
        listeners.add(listener);
    }

    void unlisten(Consumer<StoreChange> listener) {
        listeners.remove(listener);
    }
}
