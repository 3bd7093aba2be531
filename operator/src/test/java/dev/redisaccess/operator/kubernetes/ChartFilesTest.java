package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart's files agree with each other. Needs no tool. */
class ChartFilesTest {

    private static final Path CHART = ChartReadme.CHART;

    /** A limit on CPU makes a JVM slow to start, so there is none; and Helm itself puts `global` among the values. */
    private static final List<String> WITHOUT_DEFAULT = List.of("resources.limits.cpu", "global");

    /** Values whose fields are Kubernetes' own. */
    private static final List<String> KUBERNETES_OBJECTS = List.of("affinity");

    @Test
    void everyValueHasAComment() throws IOException {
        assertThat(ChartReadme.values()).hasSizeGreaterThan(40).allSatisfy(value -> assertThat(value.description())
                .as(value.path())
                .endsWith("."));
    }

    @Test
    void theSchemaHasEveryValueAndNoOther() throws IOException {
        JsonNode schema = Specimens.yaml(Files.readString(CHART.resolve("values.schema.json")));
        List<String> known = new ArrayList<>();
        leaves("", schema, known);

        List<String> expected = new ArrayList<>(WITHOUT_DEFAULT);
        ChartReadme.values().forEach(value -> expected.add(value.path()));
        assertThat(known).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theTemplatesReadEveryValueAndNoOther() throws IOException {
        Set<String> read = ChartTemplates.readValues();
        List<String> values =
                ChartReadme.values().stream().map(ChartReadme.Value::path).toList();

        assertThat(read)
                .allSatisfy(path ->
                        assertThat(values).as("values.yaml has %s", path).anyMatch(value -> within(value, path)));
        assertThat(values)
                .allSatisfy(value ->
                        assertThat(read).as("a template reads %s", value).anyMatch(path -> within(value, path)));
    }

    /** An archive of jib:buildTar that is loaded onto a node has the name for which the chart asks. */
    @Test
    void theImageHasTheNameThatTheChartAsksFor() throws IOException {
        JsonNode chart = Specimens.yaml(Files.readString(CHART.resolve("Chart.yaml")));
        JsonNode values = Specimens.yaml(Files.readString(CHART.resolve("values.yaml")));
        String asked = values.at("/image/repository").asText() + ":"
                + chart.path("appVersion").asText();

        assertThat(Files.readString(Repository.file("operator/pom.xml"))).contains("<image>" + asked + "</image>");
        assertThat(Files.readString(Repository.file("pom.xml")))
                .as("the version of the jars is that of the chart, or becomes it with the release")
                .containsPattern(
                        "<version>" + Pattern.quote(chart.path("appVersion").asText()) + "(-SNAPSHOT)?</version>");
    }

    private static boolean within(String value, String path) {
        return value.equals(path) || value.startsWith(path + ".");
    }

    private static void leaves(String path, JsonNode schema, List<String> into) {
        if (!schema.has("properties") || KUBERNETES_OBJECTS.contains(path)) {
            into.add(path);
            return;
        }
        assertThat(schema.path("additionalProperties").asBoolean(true))
                .as("strict: %s", path)
                .isFalse();
        String prefix = path.isEmpty() ? "" : path + ".";
        schema.get("properties").properties().forEach(entry -> leaves(prefix + entry.getKey(), entry.getValue(), into));
    }
}
