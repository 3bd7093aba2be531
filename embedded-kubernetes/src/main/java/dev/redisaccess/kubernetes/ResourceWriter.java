package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.json.Json;
import dev.redisaccess.kubernetes.json.SchemaDefaults;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Creates, changes and deletes objects by the rules that hold for every kind: system metadata, the status subresource,
 * generation, defaults, finalizers, and no new version for a write that changes nothing.
 */
final class ResourceWriter {
    private static final List<String> SYSTEM_METADATA = List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private final ObjectStore store;
    private final Clock clock;
    private final GarbageCollector garbage;

    ResourceWriter(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.garbage = new GarbageCollector(store, this);
    }

    /**
     * What is written, and how.
     *
     * @param subresource {@code status} or empty
     * @param dryRun respond as if, and store nothing
     */
    record Write(ResourceKind kind, ObjectKey key, String subresource, boolean dryRun) {
        boolean toStatus() {
            return subresource.equals("status");
        }
    }

    ObjectNode create(Write write, ObjectNode body) {
        ResourceKind kind = write.kind();
        ObjectNode object = body.deepCopy();
        ObjectNode metadata = object.withObjectProperty("metadata");
        if (store.find(write.key()).isPresent()) {
            throw ApiFailure.alreadyExists(kind, write.key().name());
        }
        requireNamespace(write.key());
        requireFields(kind, write.key(), object);
        SYSTEM_METADATA.forEach(metadata::remove);
        metadata.remove(List.of("resourceVersion", "managedFields", "generateName"));
        metadata.put("name", write.key().name());
        if (kind.traits().namespaced()) {
            metadata.put("namespace", write.key().namespace());
        }
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now());
        if (kind.traits().generation()) {
            metadata.put("generation", 1);
        }
        if (kind.traits().status()) {
            object.remove("status");
        }
        InitialStatus.of(kind, object).ifPresent(status -> object.set("status", status));
        ObjectNode complete = SchemaDefaults.apply(object, kind.schema());
        return write.dryRun() ? complete : store.put(write.key(), complete);
    }

    /** Without this, the finalizer that is applied to a binding that has just gone would bring it back without a spec. */
    private static void requireFields(ResourceKind kind, ObjectKey key, ObjectNode object) {
        kind.schema().path("required").forEach(field -> {
            if (!object.has(field.asText())) {
                throw ApiFailure.invalid(
                        kind.names().kind() + "." + kind.groupVersion().group() + " \"" + key.name() + "\" is invalid: "
                                + field.asText() + ": Required value");
            }
        });
    }

    private void requireNamespace(ObjectKey key) {
        if (!key.namespace().isEmpty()
                && store.find(KindRegistry.NAMESPACE.key("", key.namespace())).isEmpty()) {
            throw ApiFailure.notFound(KindRegistry.NAMESPACE, key.namespace());
        }
    }

    /** Applies the change to the stored object. A resource version in the result must be the stored one. */
    ObjectNode update(Write write, UnaryOperator<ObjectNode> change) {
        ObjectNode before = store.find(write.key())
                .orElseThrow(() -> ApiFailure.notFound(write.kind(), write.key().name()));
        ObjectNode wanted = change.apply(before.deepCopy());
        requireVersion(write, before, wanted);
        ObjectNode after = SchemaDefaults.apply(
                write.toStatus() ? withStatusOf(before, wanted) : withSystemMetadata(write.kind(), before, wanted),
                write.kind().schema());
        if (after.equals(before) || write.dryRun()) {
            return after;
        }
        return mayGo(after) ? removeAndCollect(write.key(), after) : store.put(write.key(), after);
    }

    private static void requireVersion(Write write, ObjectNode before, ObjectNode wanted) {
        String version = wanted.path("metadata").path("resourceVersion").asText("");
        if (!version.isEmpty()
                && !version.equals(
                        before.path("metadata").path("resourceVersion").asText())) {
            throw ApiFailure.conflict(write.kind(), write.key().name());
        }
    }

    private static ObjectNode withStatusOf(ObjectNode before, ObjectNode wanted) {
        ObjectNode after = before.deepCopy();
        after.remove("status");
        if (wanted.has("status")) {
            after.set("status", wanted.get("status"));
        }
        return after;
    }

    private static ObjectNode withSystemMetadata(ResourceKind kind, ObjectNode before, ObjectNode wanted) {
        ObjectNode after = kind.traits().status() ? withStatusOf(wanted, before) : wanted.deepCopy();
        ObjectNode metadata = after.withObjectProperty("metadata");
        metadata.remove("managedFields");
        ObjectNode system = Json.child(before, "metadata");
        for (String name : SYSTEM_METADATA) {
            metadata.remove(name);
            if (system.has(name)) {
                metadata.set(name, system.get(name));
            }
        }
        metadata.set("resourceVersion", system.get("resourceVersion"));
        if (kind.traits().generation() && !content(before).equals(content(after))) {
            metadata.put("generation", system.path("generation").asLong() + 1);
        }
        return after;
    }

    private static ObjectNode content(ObjectNode object) {
        return object.deepCopy().remove(List.of("metadata", "status", "apiVersion", "kind"));
    }

    /** Deletes at once, or marks as being deleted while finalizers hold the object. */
    ObjectNode delete(Write write) {
        ObjectNode object = store.find(write.key())
                .orElseThrow(() -> ApiFailure.notFound(write.kind(), write.key().name()));
        if (write.dryRun()) {
            return object;
        }
        if (!held(object) && !garbage.holds(write.key())) {
            return removeAndCollect(write.key(), object);
        }
        if (object.path("metadata").has("deletionTimestamp")) {
            return object;
        }
        ObjectNode marked = object.deepCopy();
        ObjectNode metadata = marked.withObjectProperty("metadata");
        metadata.put("deletionTimestamp", now());
        metadata.put("deletionGracePeriodSeconds", 0);
        if (write.kind().traits().generation()) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        if (write.kind().equals(KindRegistry.NAMESPACE)) {
            marked.withObjectProperty("status").put("phase", "Terminating");
        }
        ObjectNode stored = store.put(write.key(), marked);
        garbage.empty(write.key());
        return stored;
    }

    private boolean mayGo(ObjectNode object) {
        return object.path("metadata").has("deletionTimestamp")
                && !held(object)
                && !object.path("kind")
                        .asText()
                        .equals(KindRegistry.NAMESPACE.names().kind());
    }

    private static boolean held(ObjectNode object) {
        return !object.path("metadata").path("finalizers").isEmpty();
    }

    private ObjectNode removeAndCollect(ObjectKey key, ObjectNode last) {
        if (!store.find(key).orElseThrow().equals(last)) {
            store.put(key, last);
        }
        ObjectNode removed = store.remove(key);
        garbage.collectAfter(key, removed);
        return removed;
    }

    /** RFC 3339 in whole seconds, as Kubernetes writes times. */
    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
