package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.json.Json;
import dev.redisaccess.kubernetes.json.JsonPaths;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Server-side printing: objects as a {@code meta.k8s.io/v1 Table} of their kind's columns. */
final class Tables {
    private Tables() {}

    static ObjectNode ofOne(ResourceKind kind, ObjectNode object, Clock clock) {
        String version = object.path("metadata").path("resourceVersion").asText();
        return of(kind, List.of(object), version, clock);
    }

    static ObjectNode of(ResourceKind kind, List<ObjectNode> objects, String resourceVersion, Clock clock) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata").put("resourceVersion", resourceVersion);
        ArrayNode definitions = table.putArray("columnDefinitions");
        kind.columns().forEach(column -> definitions
                .addObject()
                .put("name", column.name())
                .put("type", column.type().equals("count") ? "integer" : "string")
                .put("format", column.equals(Column.NAME) ? "name" : "")
                .put("description", column.name())
                .put("priority", column.priority()));
        ArrayNode rows = table.putArray("rows");
        objects.forEach(object -> {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            kind.columns().forEach(column -> cells.add(cell(column, object, clock)));
            ObjectNode partial =
                    row.putObject("object").put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
            partial.set("metadata", object.path("metadata"));
        });
        return table;
    }

    private static String cell(Column column, JsonNode object, Clock clock) {
        if (column.type().equals("count")) {
            return JsonPaths.read(object, column.jsonPath())
                    .map(members -> Integer.toString(members.size()))
                    .orElse("0");
        }
        return JsonPaths.read(object, column.jsonPath())
                .map(value -> column.type().equals("date") ? age(value.asText(), clock) : text(value))
                .orElse("");
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String age(String time, Clock clock) {
        try {
            return humanDuration(Duration.between(Instant.parse(time), clock.instant()));
        } catch (DateTimeParseException e) {
            return "<unknown>";
        }
    }

    /** As kubectl writes ages: the two largest units while the first is small, then one. */
    static String humanDuration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 600) {
            return two(seconds, 60, "m", "s");
        }
        if (seconds < 3 * 3600) {
            return seconds / 60 + "m";
        }
        if (seconds < 8 * 3600) {
            return two(seconds / 60, 60, "h", "m");
        }
        if (seconds < 48 * 3600) {
            return seconds / 3600 + "h";
        }
        long hours = seconds / 3600;
        return hours < 192 ? two(hours, 24, "d", "h") : hours / 24 + "d";
    }

    private static String two(long amount, int base, String large, String small) {
        return amount / base + large + (amount % base == 0 ? "" : amount % base + small);
    }
}
