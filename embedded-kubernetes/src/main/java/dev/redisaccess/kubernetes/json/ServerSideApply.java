package dev.redisaccess.kubernetes.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Server-side apply without conflicts: what one manager applies is merged into the live object, and what the same manager
 * applied before and leaves out now is removed. Lists follow {@code x-kubernetes-list-type} of the schema; the two lists
 * of the metadata that have a type (finalizers: set, ownerReferences: map by uid) are built in.
 *
 * <p>Ownership between managers is not tracked: a forced apply, as operators do it, behaves the same; an unforced one
 * does not report conflicts.
 */
public final class ServerSideApply {
    private static final JsonNode METADATA = Json.parseObject("""
            {"properties": {
              "finalizers": {"x-kubernetes-list-type": "set"},
              "ownerReferences": {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["uid"]}}}
            """);

    private ServerSideApply() {}

    /** The three trees of one apply. A manager that never applied has an empty {@code before}. */
    public record Change(JsonNode live, JsonNode before, JsonNode applied) {
        Change child(String name) {
            return new Change(live.path(name), before.path(name), applied.path(name));
        }
    }

    /** The live object after the change, under the OpenAPI schema of its kind (an empty object when there is none). */
    public static ObjectNode apply(Change change, JsonNode schema) {
        ObjectNode root = schema instanceof ObjectNode object ? object.deepCopy() : Json.object();
        root.withObjectProperty("properties").set("metadata", METADATA);
        return (ObjectNode) merge(change, root);
    }

    private static JsonNode merge(Change change, JsonNode schema) {
        if (change.applied() instanceof ObjectNode) {
            return mergeObject(change, schema);
        }
        if (change.applied() instanceof ArrayNode) {
            return switch (schema.path("x-kubernetes-list-type").asText("atomic")) {
                case "map" -> mergeMapList(change, schema);
                case "set" -> mergeSet(change);
                default -> change.applied().deepCopy();
            };
        }
        return change.applied().deepCopy();
    }

    private static ObjectNode mergeObject(Change change, JsonNode schema) {
        ObjectNode result = change.live() instanceof ObjectNode live ? live.deepCopy() : Json.object();
        change.before().fieldNames().forEachRemaining(name -> {
            if (!change.applied().has(name)) {
                remove(result, name, change.before().get(name));
            }
        });
        change.applied().fieldNames().forEachRemaining(name -> {
            JsonNode fieldSchema = schema.path("properties").path(name);
            JsonNode fallback = schema.path("additionalProperties");
            result.set(name, merge(change.child(name), fieldSchema.isMissingNode() ? fallback : fieldSchema));
        });
        return result;
    }

    /** Takes away only what the manager had set: members of the object that others added stay. */
    private static void remove(ObjectNode from, String name, JsonNode had) {
        if (had instanceof ObjectNode && from.get(name) instanceof ObjectNode inner) {
            had.fieldNames().forEachRemaining(member -> remove(inner, member, had.get(member)));
            if (!inner.isEmpty()) {
                return;
            }
        }
        if (had instanceof ArrayNode && from.get(name) instanceof ArrayNode items && items.size() > had.size()) {
            had.forEach(item -> removeItem(items, item));
            return;
        }
        from.remove(name);
    }

    private static void removeItem(ArrayNode items, JsonNode item) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i).equals(item)) {
                items.remove(i);
            }
        }
    }

    private static ArrayNode mergeSet(Change change) {
        ArrayNode result = change.applied().deepCopy();
        result.removeAll();
        change.live().forEach(item -> {
            boolean removed = contains(change.before(), item) && !contains(change.applied(), item);
            if (!removed) {
                result.add(item);
            }
        });
        change.applied().forEach(item -> {
            if (!contains(result, item)) {
                result.add(item);
            }
        });
        return result;
    }

    private static boolean contains(JsonNode items, JsonNode wanted) {
        for (JsonNode item : items) {
            if (item.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode mergeMapList(Change change, JsonNode schema) {
        List<String> keys = new ArrayList<>();
        schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
        Map<String, JsonNode> result = index(change.live(), keys);
        List<String> former = List.copyOf(result.keySet());
        Map<String, JsonNode> before = index(change.before(), keys);
        Map<String, JsonNode> applied = index(change.applied(), keys);
        before.keySet().stream().filter(key -> !applied.containsKey(key)).forEach(result::remove);
        applied.forEach((key, item) -> {
            JsonNode live = result.getOrDefault(key, Json.object());
            Change inner = new Change(live, before.getOrDefault(key, Json.object()), item);
            result.put(key, merge(inner, schema.path("items")));
        });
        ArrayNode items = change.applied().deepCopy();
        items.removeAll();
        for (String key : order(former, List.copyOf(applied.keySet()))) {
            Optional.ofNullable(result.get(key)).ifPresent(items::add);
        }
        return items;
    }

    /** The applied order holds, as on an API server; what others own stays before the common item that it was before. */
    private static List<String> order(List<String> live, List<String> applied) {
        List<String> order = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < applied.size(); i++) {
            String common =
                    applied.stream().skip(i).filter(live::contains).findFirst().orElse("");
            for (; next < live.size() && !live.get(next).equals(common); next++) {
                if (!applied.contains(live.get(next))) {
                    order.add(live.get(next));
                }
            }
            order.add(applied.get(i));
            next += applied.get(i).equals(common) ? 1 : 0;
        }
        live.stream().skip(next).filter(key -> !applied.contains(key)).forEach(order::add);
        return order;
    }

    private static Map<String, JsonNode> index(JsonNode items, List<String> keys) {
        Map<String, JsonNode> indexed = new LinkedHashMap<>();
        items.forEach(item ->
                indexed.put(keys.stream().map(key -> item.path(key).asText()).collect(Collectors.joining("\n")), item));
        return indexed;
    }
}
