package dev.redisaccess.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AssignmentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTextsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    /** A review is made about a minute after a grant: until then the list must not look complete. */
    @Test
    void aGrantThatIsNotReviewedYetIsAWarning() {
        AccessList list = AccessList.of(
                List.of(Samples.page("orders-cache", "m", 1, 1, List.of(Samples.entry(AssignmentKind.BOUND, 1)))));

        assertThat(list.comparedWith(List.of(Samples.binding("shop", "orders", "orders", Samples.objectId(1))))
                        .warnings())
                .isEmpty();
        assertThat(list.comparedWith(List.of(Samples.binding("shop", "late", "late", Samples.objectId(9))))
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("1 binding(s) have access that the report does not show yet, the first is shop/late.");
    }

    /** A review can't follow within a minute then, and pages that are missing may have the entry. */
    @Test
    void noReviewIsAnnouncedWhileTheReportIsIncomplete() {
        AccessList list = AccessList.of(
                List.of(Samples.page("orders-cache", "m", 1, 2, List.of(Samples.entry(AssignmentKind.BOUND, 1)))));

        assertThat(list.comparedWith(List.of(Samples.binding("shop", "late", "late", Samples.objectId(9))))
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("1 page(s) of the report are missing");
    }

    @Test
    void whatIsNotExplainedComesFirst() {
        AccessList list = AccessList.of(Samples.pages(30));
        assertThat(list.rows().get(0).entry().kind()).isEqualTo(AssignmentKind.UNMANAGED);
        assertThat(ReportTexts.table(list, false).lines().findFirst().orElseThrow())
                .isEqualTo("KIND          OBJECT ID                             ACCESS            THROUGH"
                        + " "
                                .repeat(ReportTexts.table(list, false)
                                                .lines()
                                                .findFirst()
                                                .orElseThrow()
                                                .indexOf("SINCE")
                                        - ReportTexts.table(list, false)
                                                .lines()
                                                .findFirst()
                                                .orElseThrow()
                                                .indexOf("THROUGH")
                                        - 7)
                        + "SINCE");
    }

    /** An installation sees the bindings of its own namespaces only: what one explains is explained. */
    @Test
    void theBestExplanationOfSeveralInstallationsCounts() {
        AccessEntry unmanaged = Samples.entry(AssignmentKind.UNMANAGED, 1);
        AccessEntry adopted = Samples.entry(AssignmentKind.ADOPTED, 1);
        AccessList list = AccessList.of(List.of(
                Samples.page("orders-cache", "one", 1, 1, List.of(unmanaged)),
                Samples.page("orders-cache", "two", 1, 1, List.of(adopted))));
        assertThat(list.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.entry().kind()).isEqualTo(AssignmentKind.ADOPTED));
        assertThat(list.warnings()).singleElement().asString().contains("2 installations of the operator: one, two");
    }

    @Test
    void aMissingPageIsNoEvidence() {
        AccessList list = AccessList.of(Samples.pages(600).subList(0, 2));
        assertThat(list.warnings()).singleElement().asString().startsWith("1 page(s) of the report are missing");
    }

    @Test
    void csvHasARowForEachAndEvaluatesNothing() {
        AccessList list = AccessList.of(Samples.pages(30));
        List<String> lines = ReportTexts.csv("orders-cache", list).lines().toList();
        assertThat(lines).hasSize(31);
        assertThat(lines.get(0)).startsWith("database,kind,objectId,assignment,access,bindings,bindingCount");
        assertThat(String.join("\n", lines)).contains(",'+@read ~orders:*,").doesNotContain(",+@read");
        assertThat(String.join("\n", lines)).contains("\"nightly <export> job, \"\"CI\"\"\"");
    }

    @Test
    void jsonHasTheCounts() throws IOException {
        AccessList list = AccessList.of(Samples.pages(30));
        JsonNode json = new ObjectMapper()
                .readTree(ReportTexts.json(
                        ReportTexts.document(Samples.database("orders-cache", "retention: Forbidden"), list, NOW)));
        assertThat(json.at("/counts/total").asInt()).isEqualTo(30);
        assertThat(json.at("/counts/bound").asInt()
                        + json.at("/counts/unmanaged").asInt()
                        + json.at("/counts/leftover").asInt()
                        + json.at("/counts/acknowledged").asInt()
                        + json.at("/counts/adopted").asInt())
                .isEqualTo(30);
        assertThat(json.at("/entries/0/evidence").asText()).startsWith("redisaccessreport/orders-cache.");
    }

    @Test
    void htmlIsOneFileAndEscapesWhatOthersWrote() throws IOException {
        for (int count : new int[] {0, 3, 1000}) {
            String html = HtmlReport.of(
                    Samples.database("orders-cache", "retention: Forbidden"),
                    AccessList.of(Samples.pages(count)),
                    NOW,
                    "1.0");
            assertThat(html).doesNotContain("<script", "<link", "src=", "@import", "url(");
            assertThat(html).doesNotContain("<export>");
            assertThat(html.split("<tr><td><span class=\"kind ", -1)).hasSize(count + 1);
            Path folder = Files.createDirectories(Path.of("target", "reports"));
            Files.writeString(folder.resolve("report-" + count + ".html"), html);
        }
    }

    @Test
    void htmlSaysThatTheListIsNotComplete() {
        String html = HtmlReport.of(
                Samples.database("orders-cache", "retention: Forbidden"),
                AccessList.of(Samples.pages(600).subList(0, 2)),
                NOW,
                "1.0");
        assertThat(html).contains("class=\"warning\">1 page(s)");
    }
}
