package dev.redisaccess.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of values in the chart's README, generated from values.yaml and its comments. */
public final class ChartReadme {

    static final Path CHART = Repository.file("helm/redis-access-operator");

    private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z][A-Za-z0-9-]*):.*");

    private ChartReadme() {}

    /** One line of values.yaml that sets something. */
    record Value(String path, String defaultText, String description) {

        String row() {
            return "| `" + path + "` | `" + defaultText + "` | " + description.replace("|", "\\|") + " |\n";
        }
    }

    /** A row for each value. */
    public static String table() throws IOException {
        StringBuilder table = new StringBuilder("\n| Value | Default | Meaning |\n|---|---|---|\n");
        values().forEach(value -> table.append(value.row()));
        return table.append("\n").toString();
    }

    /** Every leaf of values.yaml with the comment above it. */
    static List<Value> values() throws IOException {
        String text = Files.readString(CHART.resolve("values.yaml"));
        JsonNode tree = Specimens.yaml(text);
        List<Value> values = new ArrayList<>();
        List<String> comment = new ArrayList<>();
        Deque<String> parents = new ArrayDeque<>();
        for (String line : text.lines().toList()) {
            Matcher key = KEY.matcher(line);
            if (line.strip().startsWith("#")) {
                comment.add(line.strip().substring(1).strip());
            } else if (key.matches()) {
                while (parents.size() > key.group(1).length() / 2) {
                    parents.removeLast();
                }
                parents.addLast(key.group(2));
                JsonNode value = tree.at("/" + String.join("/", parents));
                if (!value.isObject() || value.isEmpty()) {
                    values.add(new Value(String.join(".", parents), value.toString(), String.join(" ", comment)));
                }
                comment.clear();
            }
        }
        return values;
    }
}
