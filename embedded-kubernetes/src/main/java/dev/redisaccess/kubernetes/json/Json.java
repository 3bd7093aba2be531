package dev.redisaccess.kubernetes.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;

/** Reading and writing of trees. */
public final class Json {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private Json() {}

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /**
     * Reads one object from JSON or YAML, of which JSON is a part.
     *
     * @throws IllegalArgumentException if the text is neither, or is not an object
     */
    public static ObjectNode parseObject(String text) {
        try {
            JsonNode tree = text.stripLeading().startsWith("{") ? JSON.readTree(text) : YAML.readTree(text);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("must be a JSON or YAML object");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("must be a JSON or YAML object: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if the text is not JSON */
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("must be JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Every document of a YAML stream that is an object. */
    public static List<ObjectNode> parseDocuments(String yaml) {
        List<ObjectNode> documents = new ArrayList<>();
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (values.hasNext()) {
                if (values.next() instanceof ObjectNode object) {
                    documents.add(object);
                }
            }
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("must be YAML: " + e.getMessage(), e);
        }
        return documents;
    }

    /** The object's member of that name; an empty, detached object when there is none. */
    public static ObjectNode child(JsonNode parent, String name) {
        return parent.get(name) instanceof ObjectNode object ? object : object();
    }

    public static String yaml(JsonNode tree) {
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree cannot be written.", e);
        }
    }
}
