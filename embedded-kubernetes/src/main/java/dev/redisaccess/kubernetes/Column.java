package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One column of a table that {@code kubectl get} prints.
 *
 * @param type as in a CustomResourceDefinition ({@code string}, {@code integer}, {@code date}, …), or {@code count} for
 *     the number of members
 * @param priority 0 is always shown, anything above only with {@code -o wide}
 */
record Column(String name, String type, String jsonPath, int priority) {
    static final Column AGE = new Column("Age", "date", ".metadata.creationTimestamp", 0);
    static final Column NAME = new Column("Name", "string", ".metadata.name", 0);

    static Column of(String name, String jsonPath) {
        return new Column(name, "string", jsonPath, 0);
    }

    /** The columns of a custom kind: the name first, then the columns of the definition, or the age if the definition has none. */
    static List<Column> ofDefinition(JsonNode version) {
        List<Column> columns = new ArrayList<>(List.of(NAME));
        version.path("additionalPrinterColumns")
                .forEach(column -> columns.add(new Column(
                        column.path("name").asText(),
                        column.path("type").asText("string"),
                        column.path("jsonPath").asText(),
                        column.path("priority").asInt(0))));
        if (columns.size() == 1) {
            columns.add(AGE);
        }
        return List.copyOf(columns);
    }
}
