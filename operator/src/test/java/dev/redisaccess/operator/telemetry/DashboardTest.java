package dev.redisaccess.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboard that the chart ships. Whether its queries have data is in {@code AlertsIT} of the system tests. */
class DashboardTest {

    static Stream<JsonNode> panels() throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        new ObjectMapper()
                .readTree(
                        Files.readString(Repository.file("helm/redis-access-operator/files/monitoring/dashboard.json")))
                .path("panels")
                .forEach(panel -> {
                    if (!panel.path("type").asText().equals("row")) {
                        panels.add(panel);
                    }
                });
        return panels.stream();
    }

    @ParameterizedTest
    @MethodSource("panels")
    void readsMetricsThatAreServed(JsonNode panel) {
        assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> {
            String query = target.path("expr").asText();
            assertThat(query).containsPattern("(redisaccess|process|jvm)_").contains("namespace=~\"$namespace\"");
            assertThat(Queries.unknownMetrics(query)).isEmpty();
        });
    }

    @Test
    void noTwoPanelsOverlap() throws IOException {
        Set<String> cells = new HashSet<>();
        panels().map(panel -> panel.path("gridPos")).forEach(place -> {
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell =
                            place.path("x").asInt() + x + "/" + (place.path("y").asInt() + y);
                    assertThat(cells.add(cell)).as(cell).isTrue();
                }
            }
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
        });
    }

    /** A metric that nothing shows and no alert reads would have no user; these are for questions of a moment. */
    @Test
    void nearlyEveryMetricIsShown() throws IOException {
        String all = panels().map(JsonNode::toString).reduce("", String::concat);
        assertThat(ServedMetrics.families())
                .map(ServedMetrics.Family::name)
                .filteredOn(name -> !all.contains(name))
                .containsExactlyInAnyOrder(
                        "jvm_memory_committed_bytes",
                        "jvm_memory_max_bytes",
                        "process_max_fds",
                        "process_start_time_seconds",
                        "process_virtual_memory_bytes");
    }
}
