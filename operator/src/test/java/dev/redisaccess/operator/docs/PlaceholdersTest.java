package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An example that cannot run as it is says so in its first comment, and names what to replace. */
class PlaceholdersTest {

    /** What a placeholder looks like, and its name in the comment. */
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "/subscriptions/00000000-",
            "`resourceId`",
            "client-id: 00000000-",
            "lient ID",
            "example.azurecr.io/",
            "mage`");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.file("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> placeholders(read(file)).findAny().isPresent())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theFirstCommentNamesThem(Path example) {
        String text = read(example);
        List<String> comment =
                text.lines().takeWhile(line -> line.startsWith("#")).toList();

        assertThat(comment).as("the comment at the top of %s", example).anySatisfy(line -> assertThat(line)
                .containsPattern("(is a placeholder|are placeholders): replace (it|them) before you apply this file")
                .contains(placeholders(text).toList()));
    }

    private static Stream<String> placeholders(String text) {
        return PLACEHOLDERS.entrySet().stream()
                .filter(placeholder -> text.contains(placeholder.getKey()))
                .map(Map.Entry::getValue);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
