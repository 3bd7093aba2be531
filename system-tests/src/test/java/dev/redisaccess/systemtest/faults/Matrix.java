package dev.redisaccess.systemtest.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table for readers: a row for each fault, a column for each step. */
final class Matrix {

    private static final String NOT_RUN = "·";

    private final Map<String, Map<Step, String>> rows = new LinkedHashMap<>();

    synchronized void put(Fault fault, Step step, String text) {
        rows.computeIfAbsent(fault.name(), name -> new EnumMap<>(Step.class)).put(step, text);
    }

    /** As text, each column as wide as it must be. */
    synchronized String text() {
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("fault"));
        for (Step step : Step.values()) {
            head.add(step.name().toLowerCase(java.util.Locale.ROOT));
        }
        table.add(head);
        rows.forEach((name, cells) -> {
            List<String> row = new ArrayList<>(List.of(name));
            for (Step step : Step.values()) {
                row.add(cells.getOrDefault(step, NOT_RUN));
            }
            table.add(row);
        });
        StringBuilder text = new StringBuilder("""
                What is shown while the fault lasts, after how many seconds, and after how many more all is right again.
                passes: the step ends while the fault lasts. stays Ready: the binding does.
                hidden: status cannot be written meanwhile. %s: not run.

                """.formatted(NOT_RUN));
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(padded(row.get(column), width(table, column) + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> table, int column) {
        return table.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
