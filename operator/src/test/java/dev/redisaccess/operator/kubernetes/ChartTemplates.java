package dev.redisaccess.operator.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The values that the chart's templates read, found in their text. */
final class ChartTemplates {

    private static final Pattern READ = Pattern.compile("\\.Values\\.([A-Za-z0-9.]+)");
    private static final Pattern ALIAS = Pattern.compile("(\\$[a-zA-Z]+) := \\.Values\\.([A-Za-z0-9.]+)");

    private ChartTemplates() {}

    /** Paths such as {@code azure.clientId}, or {@code resources} where a whole part is read. */
    static Set<String> readValues() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> files = Files.list(ChartReadme.CHART.resolve("templates"))) {
            for (Path file : files.toList()) {
                Matcher values = READ.matcher(withoutAliases(Files.readString(file)));
                while (values.find()) {
                    read.add(values.group(1));
                }
            }
        }
        return read;
    }

    /** {@code $azure.clientId} is {@code .Values.azure.clientId}; the line that introduces the name reads nothing yet. */
    private static String withoutAliases(String template) {
        String text = template;
        Matcher aliases = ALIAS.matcher(template);
        while (aliases.find()) {
            text = text.replace(aliases.group(), "")
                    .replace(aliases.group(1) + ".", ".Values." + aliases.group(2) + ".");
        }
        return text;
    }
}
