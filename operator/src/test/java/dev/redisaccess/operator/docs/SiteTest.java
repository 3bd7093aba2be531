package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each page of docs/ can be found: in the nav of the site, and from the index, which also readers of the repository have. */
class SiteTest {

    private static final Path DOCS = Repository.file("docs");

    /** Their pages are added to the nav by site/hooks.py. */
    private static final Pattern FOLDER = Pattern.compile("- (?:[^:]+: )?([a-z]+)/\\*$", Pattern.MULTILINE);

    private static final Pattern ENTRY = Pattern.compile("- (?:[^:]+: )?([a-z/0-9-]+\\.md)$", Pattern.MULTILINE);
    private static final Pattern OUTSIDE = Pattern.compile("- (?:[^:]+: )?repository/(\\S+\\.md)$", Pattern.MULTILINE);

    @Test
    void everyPageIsInTheNav() throws IOException {
        String nav = nav();
        List<String> folders = matches(FOLDER, nav);
        List<String> missing = pages().stream()
                .filter(page -> !matches(ENTRY, nav).contains(page))
                .filter(page -> folders.stream().noneMatch(folder -> page.matches(folder + "/[^/]+")))
                .toList();

        assertThat(folders).contains("guides", "reference", "runbooks");
        assertThat(missing)
                .as("pages that a reader of the site cannot find: add a line for each to `nav` in mkdocs.yml")
                .isEmpty();
    }

    @Test
    void everyEntryOfTheNavIsAPage() throws IOException {
        assertThat(matches(ENTRY, nav())).doesNotHaveDuplicates().allSatisfy(page -> assertThat(DOCS.resolve(page))
                .exists());
        assertThat(matches(OUTSIDE, nav())).isNotEmpty().allSatisfy(page -> assertThat(Repository.file(page))
                .exists());
    }

    @Test
    void everyPageOfTheNavIsInTheIndex() throws IOException {
        String index = Files.readString(DOCS.resolve("index.md"));
        List<String> missing = new ArrayList<>(matches(ENTRY, nav()));
        missing.remove("index.md");
        missing.removeIf(page -> index.contains("](" + page + ")"));

        assertThat(missing)
                .as("pages without a link in docs/index.md: add each to the group to which it belongs")
                .isEmpty();
    }

    private static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return files.map(file -> DOCS.relativize(file).toString())
                    .filter(file -> file.endsWith(".md"))
                    .toList();
        }
    }

    private static String nav() throws IOException {
        String file = Files.readString(Repository.file("mkdocs.yml"));
        return file.substring(file.indexOf("\nnav:\n"));
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(match -> !match.startsWith("repository/"))
                .toList();
    }
}
