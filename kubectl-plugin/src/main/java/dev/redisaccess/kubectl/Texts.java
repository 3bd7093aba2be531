package dev.redisaccess.kubectl;

import java.util.ArrayList;
import java.util.List;

/** Plain tables, and text from the cluster made safe for a terminal. */
final class Texts {

    private Texts() {}

    /** Without control characters: a name or message must not move the cursor. */
    static String safe(String text) {
        return text == null ? "" : dev.redisaccess.operator.binding.SafeQuote.quote(text, 4096);
    }

    /** Columns of equal width, two blanks apart, as kubectl prints them. */
    static String table(List<String> heading, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(heading);
        rows.forEach(row -> all.add(row.stream().map(Texts::safe).toList()));
        int[] widths = new int[heading.size()];
        all.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
