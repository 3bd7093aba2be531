package dev.redisaccess.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.operator.kubernetes.Repository;
import dev.redisaccess.operator.kubernetes.Specimens;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each path in examples/monitoring/kube-state-metrics.yaml is a field of the definition: one that is not is an empty metric. */
class KubeStateMetricsExampleTest {

    static Stream<JsonNode> resources() throws IOException {
        List<JsonNode> resources = new ArrayList<>();
        Specimens.yaml(Files.readString(Repository.file("examples/monitoring/kube-state-metrics.yaml")))
                .at("/customResourceState/config/spec/resources")
                .forEach(resources::add);
        assertThat(resources).hasSize(2);
        return resources.stream();
    }

    @ParameterizedTest
    @MethodSource("resources")
    void namesFieldsOfTheDefinition(JsonNode resource) throws IOException {
        JsonNode definition = Specimens.yaml(Files.readString(Repository.file("crds/"
                + resource.at("/groupVersionKind/kind").asText().toLowerCase(Locale.ROOT)
                + "s.redisaccess.dev-v1.yml")));
        assertThat(definition.at("/spec/group")).isEqualTo(resource.at("/groupVersionKind/group"));
        assertThat(definition.at("/spec/versions/0/name")).isEqualTo(resource.at("/groupVersionKind/version"));
        JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");

        resource.path("metrics").forEach(metric -> {
            JsonNode info = metric.at("/each/info");
            info.path("labelsFromPath").forEach(path -> requireField(schema, path));
            JsonNode gauge = metric.at("/each/gauge");
            if (!gauge.isMissingNode()) {
                JsonNode items = requireField(schema, gauge.path("path")).path("items");
                gauge.path("labelsFromPath").forEach(path -> requireField(items, path));
                requireField(items, gauge.path("valueFrom"));
            }
        });
    }

    private static JsonNode requireField(JsonNode schema, JsonNode path) {
        assertThat(path).isNotEmpty();
        JsonNode field = schema;
        for (JsonNode name : path) {
            field = field.path("properties").path(name.asText());
            assertThat(field.isMissingNode()).as("%s of %s", name, path).isFalse();
        }
        return field;
    }
}
