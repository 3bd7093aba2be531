package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.ResourceWriter.Write;

/**
 * What the controllers of a cluster do after a deletion: objects are deleted whose last owner is gone, the content of a
 * namespace that is being deleted, the namespace when it is empty, and the objects of a removed
 * CustomResourceDefinition.
 */
final class GarbageCollector {
    private final ObjectStore store;
    private final ResourceWriter writer;

    GarbageCollector(ObjectStore store, ResourceWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /** A namespace with content is held until it is empty. */
    boolean holds(ObjectKey key) {
        return isNamespace(key)
                && store.keys().stream().anyMatch(other -> other.namespace().equals(key.name()));
    }

    /** Deletes what lives in a namespace that has just been marked; nothing for any other object. */
    void empty(ObjectKey key) {
        if (isNamespace(key)) {
            store.keys().stream()
                    .filter(other -> other.namespace().equals(key.name()))
                    .forEach(this::delete);
        }
    }

    void collectAfter(ObjectKey key, ObjectNode removed) {
        String uid = removed.path("metadata").path("uid").asText();
        store.keys().stream().filter(other -> lostItsOwner(other, uid)).forEach(this::delete);
        if (key.isOf(KindRegistry.DEFINITION)) {
            JsonNode spec = removed.path("spec");
            String group = spec.path("group").asText();
            String plural = spec.path("names").path("plural").asText();
            store.keys().stream()
                    .filter(other ->
                            other.group().equals(group) && other.plural().equals(plural))
                    .forEach(store::remove);
        }
        finishNamespace(key.namespace());
    }

    private boolean lostItsOwner(ObjectKey key, String uid) {
        JsonNode owners = store.find(key)
                .<JsonNode>map(object -> object.path("metadata").path("ownerReferences"))
                .orElseThrow(() -> new IllegalStateException(key + " is gone"));
        return owners.size() == 1 && owners.get(0).path("uid").asText().equals(uid);
    }

    private void finishNamespace(String name) {
        ObjectKey key = KindRegistry.NAMESPACE.key("", name);
        boolean ends = !name.isEmpty()
                && store.find(key)
                        .filter(namespace -> namespace.path("metadata").has("deletionTimestamp"))
                        .isPresent();
        if (ends && !holds(key)) {
            store.remove(key);
        }
    }

    private void delete(ObjectKey key) {
        // It may be gone by now: an owner and what it owns can be in the same namespace.
        if (store.find(key).isPresent()) {
            new KindRegistry(store)
                    .find(key)
                    .ifPresentOrElse(kind -> writer.delete(new Write(kind, key, "", false)), () -> store.remove(key));
        }
    }

    private static boolean isNamespace(ObjectKey key) {
        return key.isOf(KindRegistry.NAMESPACE);
    }
}
