package dev.redisaccess.emulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fields of a resource without effect in the emulator: they are stored and returned.
 *
 * @param fields by name, in the order of writing; the values are never changed
 */
public record StoredFields(Map<String, JsonNode> fields) {

    public static final StoredFields NOTHING = new StoredFields(Map.of());

    public StoredFields {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public Optional<JsonNode> find(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** A field that is text, or {@code otherwise} when it was not written. */
    public String text(String name, String otherwise) {
        return find(name).map(JsonNode::asText).orElse(otherwise);
    }

    /** These fields and those of {@code later}, which has precedence. */
    public StoredFields and(StoredFields later) {
        Map<String, JsonNode> both = new LinkedHashMap<>(fields);
        both.putAll(later.fields);
        return new StoredFields(both);
    }
}
