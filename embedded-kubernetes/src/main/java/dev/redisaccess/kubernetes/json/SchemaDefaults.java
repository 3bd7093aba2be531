package dev.redisaccess.kubernetes.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Defaults of a structural schema, as the API server applies them to a custom resource on every write. */
public final class SchemaDefaults {
    private SchemaDefaults() {}

    /** The object with every {@code default} of the schema filled in whose parent is there. */
    public static ObjectNode apply(ObjectNode object, JsonNode schema) {
        ObjectNode result = object.deepCopy();
        fill(result, schema);
        return result;
    }

    private static void fill(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(property -> {
                JsonNode inner = property.getValue();
                if (inner.has("default") && missing(object, property.getKey(), inner)) {
                    object.set(property.getKey(), inner.get("default").deepCopy());
                }
                fill(object.path(property.getKey()), inner);
            });
            if (schema.path("additionalProperties").isObject()) {
                object.forEach(member -> fill(member, schema.get("additionalProperties")));
            }
        } else if (value instanceof ArrayNode items) {
            items.forEach(item -> fill(item, schema.path("items")));
        }
    }

    /** A null for a field that is not nullable and has a default counts as absent. */
    private static boolean missing(ObjectNode object, String name, JsonNode schema) {
        return !object.has(name)
                || object.get(name).isNull() && !schema.path("nullable").asBoolean();
    }
}
