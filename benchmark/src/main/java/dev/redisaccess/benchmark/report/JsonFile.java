package dev.redisaccess.benchmark.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Results as files: {@code <scenario>.json} in a directory. */
public final class JsonFile {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonFile() {}

    public static Path write(Result result, Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.writeString(
                    directory.resolve(result.scenario() + ".json"), JSON.writeValueAsString(result) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Result read(Path file) {
        try {
            return JSON.readValue(file.toFile(), Result.class);
        } catch (IOException e) {
            throw new UncheckedIOException("`" + file + "` cannot be read.", e);
        }
    }

    /** Every result in a directory, by the scenario's name. */
    public static SortedMap<String, Result> readAll(Path directory) {
        SortedMap<String, Result> results = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .map(JsonFile::read)
                    .forEach(result -> results.put(result.scenario(), result));
        } catch (IOException e) {
            throw new UncheckedIOException("The results in `" + directory + "` cannot be read.", e);
        }
        return results;
    }
}
