package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.json.Json;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One watch: from what is there now or from a resource version, filtered, each event one line of JSON.
 *
 * @param name of the only object, or empty for all
 */
record Watch(ResourceKind kind, String namespace, String name, Selection selection, Form form) {
    /** How the object of an event is written. */
    @FunctionalInterface
    interface Form {
        ObjectNode write(ObjectNode object);
    }

    /** Sends the changes since the version that the client has. */
    void catchUp(ObjectStore store, String knownVersion, Consumer<String> send) {
        if (knownVersion.isEmpty() || knownVersion.equals("0")) {
            store.list(kind, namespace).stream()
                    .filter(this::selects)
                    .forEach(object -> send.accept(line("ADDED", object)));
            return;
        }
        try {
            store.changesAfter(Long.parseLong(knownVersion))
                    .forEach(change -> event(change).ifPresent(send));
        } catch (NumberFormatException e) {
            throw ApiFailure.badRequest("resourceVersion: Invalid value: must be a number");
        }
    }

    /**
     * Sends everything that there is, and a bookmark at the end: a list as a stream, which newer clients (kubectl 1.36) request
     * with {@code sendInitialEvents} and without which they wait for ever
     * (kubernetes.io/docs/reference/using-api/api-concepts, "Streaming lists").
     */
    void streamList(ObjectStore store, Consumer<String> send) {
        catchUp(store, "", send);
        ObjectNode end = Json.object()
                .put("apiVersion", kind.groupVersion().text())
                .put("kind", kind.names().kind());
        end.withObjectProperty("metadata")
                .put("resourceVersion", Long.toString(store.version()))
                .withObjectProperty("annotations")
                .put("k8s.io/initial-events-end", "true");
        ObjectNode bookmark = Json.object().put("type", "BOOKMARK");
        bookmark.set("object", end);
        send.accept(bookmark + "\n");
    }

    /** The event that this watch sees of a change, if any. */
    Optional<String> event(StoreChange change) {
        if (!change.key().isOf(kind)
                || !namespace.isEmpty() && !change.key().namespace().equals(namespace)) {
            return Optional.empty();
        }
        Optional<ObjectNode> before = change.before().filter(this::selects);
        Optional<ObjectNode> after = change.after().filter(this::selects);
        if (after.isPresent()) {
            return after.map(object -> line(before.isPresent() ? "MODIFIED" : "ADDED", object));
        }
        // An object that no longer matches is deleted as far as this watch is concerned.
        return before.map(object -> line("DELETED", object));
    }

    private boolean selects(JsonNode object) {
        return selection.matches(object)
                && (name.isEmpty()
                        || object.path("metadata").path("name").asText().equals(name));
    }

    private String line(String type, ObjectNode object) {
        ObjectNode event = Json.object().put("type", type);
        event.set("object", form.write(object));
        return event + "\n";
    }

    static String errorLine(ApiFailure failure) {
        ObjectNode event = Json.object().put("type", "ERROR");
        event.set("object", failure.status());
        return event + "\n";
    }
}
