package dev.redisaccess.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.redisaccess.operator.kubernetes.Repository;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two YAML files of one case: {@code <case>.in.yaml} and what must come out, {@code <case>.out.yaml}, in a folder below
 * {@code src/test/resources/golden}. A new case needs the two files only.
 *
 * @param name the case
 */
public record GoldenFile(Path folder, String name) {

    private static final String IN = ".in.yaml";

    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT)
            .build();

    /** All cases of a folder; a folder without one fails. */
    public static List<GoldenFile> in(String folder) throws IOException {
        Path all = Repository.file("operator/src/test/resources/golden").resolve(folder);
        try (Stream<Path> files = Files.list(all)) {
            List<GoldenFile> cases = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(IN))
                    .sorted()
                    .map(file -> new GoldenFile(all, file.substring(0, file.length() - IN.length())))
                    .toList();
            assertThat(cases).isNotEmpty();
            return cases;
        }
    }

    /** The object that goes in. */
    public <T> T input(Class<T> type) throws IOException {
        return Serialization.unmarshal(Files.readString(folder.resolve(name + IN)), type);
    }

    /** Fails unless these objects are those of the second file, field by field; the order of fields does not matter. */
    public void assertOutput(Object... actual) throws IOException {
        String expected = Files.readString(folder.resolve(name + ".out.yaml"));
        assertThat(Stream.of(actual).map(GoldenFile::text).toList())
                .as(name)
                .isEqualTo(Stream.of(expected.split("(?m)^---$"))
                        .map(document -> text(Serialization.unmarshal(document, JsonNode.class)))
                        .toList());
    }

    /** With a line for each field, sorted, so that a failure shows the one that differs. */
    private static String text(Object object) {
        try {
            return SORTED.writeValueAsString(SORTED.convertValue(object, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
