package dev.redisaccess.operator.binding.review;

import static dev.redisaccess.operator.binding.review.ReviewSamples.assignment;
import static dev.redisaccess.operator.binding.review.ReviewSamples.principal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportLayoutTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "10, 1", "250, 1", "251, 2", "1000, 8", "5000, 32"})
    void everyEntryIsOnOnePageOfAtMost250(int entries, int pages) {
        List<AccessEntry> all = entries(entries);

        List<List<AccessEntry>> layout = ReportLayout.of(all, 0);

        assertThat(layout).hasSize(pages).allSatisfy(page -> assertThat(page).hasSizeLessThanOrEqualTo(250));
        assertThat(layout.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void oneEntryMoreChangesOnePage() {
        List<List<AccessEntry>> before = ReportLayout.of(entries(1000), 0);

        List<List<AccessEntry>> after = ReportLayout.of(entries(1001), before.size());

        assertThat(IntStream.range(0, before.size())
                        .filter(page -> !before.get(page).equals(after.get(page))))
                .hasSize(1);
    }

    @Test
    void pagesGoOnlyWhenTheyAreMostlyEmpty() {
        assertThat(ReportLayout.of(entries(600), 8)).hasSize(8);
        assertThat(ReportLayout.of(entries(400), 8)).hasSize(2);
        assertThat(ReportLayout.of(entries(3), 8)).hasSize(1);
    }

    /** Names that somebody chose so that all are on one page. */
    @Test
    void namesWithEqualHashesDoNotMakeEndlessPages() {
        List<AccessEntry> chosen = new ArrayList<>();
        for (int i = 0; chosen.size() < 600; i++) {
            List<AccessEntry> one = List.of(entry("n" + i, i));
            if (ReportLayout.of(one, 0).get(0).size() == 1 && isOnFirstOf(one, 32)) {
                chosen.add(one.get(0));
            }
        }

        List<List<AccessEntry>> layout = ReportLayout.of(chosen, 0);

        assertThat(layout.size()).isLessThanOrEqualTo(32);
        assertThat(layout).allSatisfy(page -> assertThat(page).hasSizeLessThanOrEqualTo(250));
        assertThat(layout.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(chosen);
    }

    /** Among so many that there are as many pages. */
    private static boolean isOnFirstOf(List<AccessEntry> one, int pages) {
        byte[] name = one.get(0).assignment().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return (java.util.UUID.nameUUIDFromBytes(name).getLeastSignificantBits() & (pages - 1)) == 0;
    }

    private static List<AccessEntry> entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> entry("by-hand" + i, i)).toList();
    }

    private static AccessEntry entry(String name, int i) {
        return ReviewSamples.review(List.of(assignment(name, principal(i))), List.of())
                .assignments()
                .get(0)
                .entry();
    }
}
