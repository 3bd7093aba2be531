package dev.redisaccess.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedCrdsTest {

    private static final Path COMMITTED = Path.of(System.getProperty("repository.root"), "crds");

    @TempDir
    Path scratch;

    @Test
    void committedCrdsAreWhatTheTypesGenerate() throws IOException {
        Map<String, String> generated = CrdFiles.generate(scratch);
        if (Boolean.getBoolean("regenerate")) {
            write(generated);
        }
        assertThat(committed())
                .as("crds/ differs from the API types. Run: %s", CrdFiles.REGENERATE)
                .isEqualTo(generated);
    }

    private static void write(Map<String, String> generated) throws IOException {
        Files.createDirectories(COMMITTED);
        for (Map.Entry<String, String> file : generated.entrySet()) {
            Files.writeString(COMMITTED.resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, String> committed() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(COMMITTED)) {
            for (Path file : found.filter(f -> f.toString().endsWith(".yml")).toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }
}
