package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is released has only libraries whose licences admit that. {@code GeneratedFilesTest} compares the pages with Maven's list. */
class ThirdPartyTest {

    /** Those that admit the distribution under Apache-2.0, with what the page has. */
    private static final Set<String> ALLOWED =
            Set.of("Apache-2.0", "BSD-2-Clause", "Bouncy Castle Licence", "CC0-1.0", "EPL-2.0", "MIT", "MIT-0");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^:`]+):([^`]+)` \\| ([^|]+) \\| (\\S*) \\|$");

    static Collection<String> pages() {
        return ThirdParty.PAGES.values();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLibraryHasAnAllowedLicence(String page) throws IOException {
        assertThat(rows(page)).hasSizeGreaterThan(15).allSatisfy(row -> assertThat(
                        row.group(3).split(" or "))
                .as("`%s:%s`: one of its licences must be allowed", row.group(1), row.group(2))
                .containsAnyElementsOf(ALLOWED));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRowIsRead(String page) throws IOException {
        String text = Files.readString(Repository.file(page));
        String rows = text.substring(
                text.indexOf(ThirdParty.BEGIN) + ThirdParty.BEGIN.length(), text.indexOf(ThirdParty.END));

        assertThat(rows.lines()).hasSameSizeAs(rows(page));
    }

    /** The licence of MIT requires its text and the copyright notice, which most jars do not contain. */
    @ParameterizedTest
    @MethodSource("pages")
    void hasTheCopyrightOfEachLibraryUnderMit(String page) throws IOException {
        String text = Files.readString(Repository.file(page));

        assertThat(text).contains("Permission is hereby granted");
        assertThat(rows(page))
                .filteredOn(row -> row.group(3).equals("MIT"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.group(1))
                        .satisfiesAnyOf(
                                group -> assertThat(text).contains("\n| `" + group + "` | Copyright "),
                                group -> assertThat(text)
                                        .contains("\n| `" + group.replaceFirst("\\.[^.]+$", "") + "` | Copyright ")));
    }

    private static List<MatchResult> rows(String page) throws IOException {
        return ROW.matcher(Files.readString(Repository.file(page))).results().toList();
    }
}
