package dev.redisaccess.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Completes a schema that fabric8 generated, in place. */
final class SchemaFinish {

    /** Java's {@code Long} and {@code Integer} look alike in the generator's output. */
    private static final Set<String> LONGS =
            Set.of("observedGeneration", "token", "connect", "authenticate", "command");

    /** Lists whose entries are a set: different field managers may each apply their own. */
    private static final Set<String> SETS = Set.of("names", "profiles");

    void apply(ObjectNode schema) {
        schema.path("properties").properties().forEach(this::property);
        if (schema.path("items") instanceof ObjectNode items) {
            apply(items);
        }
        removeDuplicates(schema, "x-kubernetes-validations");
        wholeNumber(schema, "minimum");
        wholeNumber(schema, "maximum");
    }

    private void property(Map.Entry<String, JsonNode> property) {
        ObjectNode schema = (ObjectNode) property.getValue();
        switch (property.getKey()) {
            case "conditions" -> KubernetesSchemas.conditions(schema);
            case "selector" -> KubernetesSchemas.labelSelector(schema);
            default -> {}
        }
        apply(schema);
        if ("integer".equals(schema.path("type").asText())) {
            schema.put("format", LONGS.contains(property.getKey()) ? "int64" : "int32");
        }
        if (schema.path("items").path("properties").has("name")) {
            schema.put("x-kubernetes-list-type", "map");
            schema.putArray("x-kubernetes-list-map-keys").add("name");
        } else if (SETS.contains(property.getKey())) {
            schema.put("x-kubernetes-list-type", "set");
        }
        if (property.getKey().equals("acknowledged") && schema.has("items")) {
            // The API server refuses an object ID that is there twice.
            schema.put("x-kubernetes-list-type", "map");
            schema.putArray("x-kubernetes-list-map-keys").add("objectId");
        }
    }

    /** A record's component, its field and its accessor all carry the annotation, and the generator sees two of them. */
    private static void removeDuplicates(ObjectNode schema, String field) {
        if (schema.path(field) instanceof ArrayNode rules) {
            Set<JsonNode> once = new LinkedHashSet<>();
            rules.forEach(once::add);
            rules.removeAll().addAll(once);
        }
    }

    private static void wholeNumber(ObjectNode schema, String field) {
        if (schema.has(field)) {
            schema.put(field, schema.get(field).asLong());
        }
    }
}
