package dev.redisaccess.benchmark.pages;

import dev.redisaccess.benchmark.report.JsonFile;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.benchmark.report.Result;
import dev.redisaccess.benchmark.report.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;

/** The pages that are generated from results. */
public final class Pages {

    static final String NOTICE = """
            <!-- Generated from benchmark/results. Do not edit. A new full run writes both:
                 java -jar benchmark/target/benchmark.jar --scenario all --api real --out benchmark/results --docs docs
                 `mvn -Pgenerate` writes the pages from the committed results. -->
            """;

    private Pages() {}

    /** Writes the committed pages from the committed results. */
    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("repository.root"));
        write(root.resolve("benchmark").resolve("results"), root.resolve("docs"));
    }

    /** Writes performance.md and scaling.md. */
    public static void write(Path results, Path docs) {
        SortedMap<String, Result> all = JsonFile.readAll(results);
        try {
            Files.writeString(docs.resolve("performance.md"), PerformancePage.of(all));
            Files.writeString(docs.resolve("scaling.md"), ScalingPage.of(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String value(Measure measure) {
        return (Table.number(measure.value()) + " " + measure.unit()).strip();
    }
}
