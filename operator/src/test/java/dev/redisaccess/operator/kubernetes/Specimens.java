package dev.redisaccess.operator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Valid objects of both kinds, untyped, so that tests can write into them what the Java types do not allow. */
public final class Specimens {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static final String RESOURCE_ID = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop"
            + "/providers/Microsoft.Cache/redisEnterprise/orders";

    private Specimens() {}

    /** A binding; a null in {@code specPatch} (YAML, merged as RFC 7386 says) removes a field. */
    static GenericKubernetesResource binding(String specPatch) {
        return merged("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessBinding
                metadata: {generateName: binding-}
                spec: {databaseRef: {name: orders-cache}, serviceAccountName: orders}
                """, specPatch);
    }

    /** A database; likewise. */
    static GenericKubernetesResource database(String specPatch) {
        return merged("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisDatabase
                metadata: {generateName: database-}
                spec: {resourceId: %s}
                """.formatted(RESOURCE_ID), specPatch);
    }

    /** Any object of the project's group. */
    static GenericKubernetesResource object(String kind, String rest) {
        ObjectNode tree = (ObjectNode) yaml(rest);
        tree.put("apiVersion", "redisaccess.dev/v1alpha1").put("kind", kind);
        return YAML.convertValue(tree, GenericKubernetesResource.class);
    }

    /** The documents of one file. */
    static List<JsonNode> documents(String text) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll();
        }
    }

    public static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema of one more field. */
    static JSONSchemaProps stringSchema(long maxLength) {
        return new JSONSchemaPropsBuilder()
                .withType("string")
                .withMaxLength(maxLength)
                .build();
    }

    private static GenericKubernetesResource merged(String object, String specPatch) {
        ObjectNode tree = (ObjectNode) yaml(object);
        merge(tree.withObject("/spec"), yaml(specPatch));
        return YAML.convertValue(tree, GenericKubernetesResource.class);
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                target.remove(entry.getKey());
            } else if (entry.getValue() instanceof ObjectNode inner
                    && target.get(entry.getKey()) instanceof ObjectNode old) {
                merge(old, inner);
            } else {
                target.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
