package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each code block of the guides is, line by line, in the file that it names. Tests run these files. Indentation may differ,
 * because a block begins at the margin.
 */
class GuidesTest {

    private static final Path GUIDES = Repository.file("docs/guides");
    private static final Pattern COPY =
            Pattern.compile("From \\[[^]]+]\\(([^)]+)\\):\\n\\n```\\w+\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```\\w+$", Pattern.MULTILINE);
    /** Two screens. */
    private static final int MOST_LINES = 100;

    static Stream<String> applications() {
        return Stream.of(
                "java-lettuce",
                "spring-boot",
                "python",
                "python-guide",
                "nodejs",
                "go",
                "osscluster",
                "injection",
                "least-privilege");
    }

    static Stream<String> all() throws IOException {
        try (Stream<Path> pages = Files.list(GUIDES)) {
            return pages.map(page -> page.getFileName().toString().replace(".md", "")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void everyBlockIsInTheFileThatItNames(String guide) throws IOException {
        Path page = GUIDES.resolve(guide + ".md");
        String text = Files.readString(page);
        Matcher copy = COPY.matcher(text);
        int copied = 0;
        while (copy.find()) {
            copied++;
            String file = flat(Files.readString(page.resolveSibling(copy.group(1))));
            assertThat(file).as("%s of %s", copy.group(1), guide).contains(flat(copy.group(2)));
        }
        assertThat(copied).as("blocks that name their file").isPositive();
        assertThat(BLOCK.matcher(text).results().count()).as("all blocks").isEqualTo(copied);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isUnderTwoScreens(String guide) throws IOException {
        assertThat(Files.readAllLines(GUIDES.resolve(guide + ".md"))).hasSizeLessThan(MOST_LINES);
    }

    /** Whole lines, between newlines, so that no part of a line counts as one. */
    private static String flat(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        return "\n" + String.join("\n", lines) + "\n";
    }
}
