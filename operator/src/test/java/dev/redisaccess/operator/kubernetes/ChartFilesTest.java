package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart's files agree with each other and with crds/. Needs no tool. */
class ChartFilesTest {

    private static final Path CHART = ChartReadme.CHART;

    /** A limit on CPU makes a JVM slow to start, so there is none; and Helm itself puts `global` among the values. */
    private static final List<String> WITHOUT_DEFAULT = List.of("resources.limits.cpu", "global");

    /** Values whose fields are Kubernetes' own. */
    private static final List<String> KUBERNETES_OBJECTS = List.of("affinity");

    private static final String REGENERATE =
            "mvn -pl operator -am test -Dtest=ChartFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true";

    @Test
    void theChartsCrdsAreCopiesOfTheProjects() throws IOException {
        Map<String, String> crds = texts(Repository.file("crds"));
        if (Boolean.getBoolean("regenerate")) {
            for (Map.Entry<String, String> crd : crds.entrySet()) {
                Files.writeString(CHART.resolve("files/crds").resolve(crd.getKey()), crd.getValue());
            }
        }
        assertThat(crds).isNotEmpty();
        assertThat(texts(CHART.resolve("files/crds"))).as("Run: %s", REGENERATE).isEqualTo(crds);
    }

    @Test
    void theReadmeListsTheValues() throws IOException {
        String generated = ChartReadme.generate();
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(CHART.resolve("README.md"), generated);
        }
        assertThat(Files.readString(CHART.resolve("README.md")))
                .as("Run: %s", REGENERATE)
                .isEqualTo(generated);
    }

    @Test
    void everyValueHasAComment() throws IOException {
        assertThat(ChartReadme.values()).hasSizeGreaterThan(40).allSatisfy(value -> assertThat(value.description())
                .as(value.path())
                .endsWith("."));
    }

    @Test
    void theSchemaKnowsEveryValueAndNoOther() throws IOException {
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

    private static Map<String, String> texts(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
