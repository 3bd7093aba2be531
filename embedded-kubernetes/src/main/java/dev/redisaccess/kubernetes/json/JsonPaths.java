package dev.redisaccess.kubernetes.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON paths that a printer column of a CustomResourceDefinition may use: members ({@code .spec.name},
 * {@code .metadata.annotations['a.b']}), indexes and one filter by equality ({@code [?(@.type=="Ready")]}).
 */
public final class JsonPaths {
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+(?:\\\\\\.[A-Za-z0-9_/-]+)*)"
            + "|\\['([^']+)'\\]"
            + "|\\[(\\d+)\\]"
            + "|\\[\\?\\(@\\.([A-Za-z0-9_]+)\\s*==\\s*[\"']([^\"']*)[\"']\\)\\]");

    private JsonPaths() {}

    /**
     * The value at the path; empty when it is missing or null.
     *
     * @throws IllegalArgumentException if the path uses what is not supported here
     */
    public static Optional<JsonNode> read(JsonNode root, String path) {
        JsonNode current = root;
        Matcher step = STEP.matcher(path);
        int position = 0;
        while (position < path.length()) {
            if (!step.find(position) || step.start() != position) {
                throw new IllegalArgumentException("unsupported JSON path: " + path);
            }
            current = follow(current, step);
            position = step.end();
        }
        return current.isMissingNode() || current.isNull() ? Optional.empty() : Optional.of(current);
    }

    private static JsonNode follow(JsonNode from, Matcher step) {
        if (step.group(1) != null) {
            return from.path(step.group(1).replace("\\.", "."));
        }
        if (step.group(2) != null) {
            return from.path(step.group(2));
        }
        if (step.group(3) != null) {
            return from.path(Integer.parseInt(step.group(3)));
        }
        for (JsonNode item : from) {
            if (item.path(step.group(4)).asText().equals(step.group(5))) {
                return item;
            }
        }
        return from.path(Integer.MAX_VALUE);
    }
}
