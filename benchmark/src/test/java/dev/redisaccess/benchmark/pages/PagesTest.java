package dev.redisaccess.benchmark.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.benchmark.model.Costs;
import dev.redisaccess.benchmark.model.Provisioning;
import dev.redisaccess.benchmark.report.HtmlReport;
import dev.redisaccess.benchmark.report.JsonFile;
import dev.redisaccess.benchmark.report.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages are those of the results that are committed next to them. */
class PagesTest {

    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final Path RESULTS = ROOT.resolve("benchmark").resolve("results");
    private static final Path DOCS = ROOT.resolve("docs");

    @Test
    void theCommittedPagesAreGeneratedFromTheCommittedResults(@TempDir Path directory) throws IOException {
        Pages.write(RESULTS, directory);

        for (String page : List.of("performance.md", "scaling.md")) {
            assertThat(DOCS.resolve(page))
                    .as("`docs/%s` is out of date. Run `mvn -Pgenerate` and commit the result.", page)
                    .hasSameTextualContentAs(directory.resolve(page));
        }
    }

    @Test
    void theModelAgreesWithWhatWasMeasured() {
        Result scale = results().get("scale");
        Costs costs = Costs.of(scale);
        List<Costs.Point> points = Costs.points(scale);
        int databases = Integer.parseInt(scale.conditions().get("databases"));
        Provisioning model = new Provisioning(costs.secondsEach(), costs.azureSeconds(), Double.MAX_VALUE, 0);

        assertThat(points).hasSizeGreaterThan(2);
        Costs.Point before = points.get(points.size() - 2);
        assertThat(model.seconds(new Provisioning.Batch(before.bindings(), databases, 1)))
                .as("half of the size that it was fitted to")
                .isBetween(0.5 * before.seconds(), 2 * before.seconds());
    }

    @Test
    void theReportIsOnePageThatNeedsNothingElse(@TempDir Path directory) throws IOException {
        String report = Files.readString(HtmlReport.write(List.copyOf(results().values()), directory));

        assertThat(report)
                .contains("<h2>single</h2>", "<polyline", "</html>")
                .doesNotContain("<script", "href=", "src=");
    }

    private static SortedMap<String, Result> results() {
        return JsonFile.readAll(RESULTS);
    }
}
