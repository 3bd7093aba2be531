package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tags of a resource in its body. */
final class Tags {

    private Tags() {}

    /** Empty when the body has none. */
    static Optional<Map<String, String>> in(JsonNode body) {
        JsonNode written = body.path("tags");
        if (!written.isObject()) {
            return Optional.empty();
        }
        Map<String, String> tags = new HashMap<>();
        written.properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return Optional.of(tags);
    }

    static void render(ObjectNode body, Map<String, String> tags) {
        ObjectNode rendered = body.putObject("tags");
        tags.forEach(rendered::put);
    }
}
