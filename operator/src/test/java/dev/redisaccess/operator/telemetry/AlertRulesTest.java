package dev.redisaccess.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.operator.kubernetes.Repository;
import dev.redisaccess.operator.kubernetes.Specimens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alerts that the chart ships. */
class AlertRulesTest {

    private static final Path RULES = Repository.file("helm/redis-access-operator/files/monitoring/rules.yaml");
    private static final Path TESTS = Repository.file("operator/src/test/resources/monitoring-rules.test.yaml");

    static Stream<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        Specimens.yaml(Files.readString(RULES)).path("groups").forEach(group -> group.path("rules")
                .forEach(alerts::add));
        return alerts.stream();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void saysWhatToDoOnAPageOfItsName(JsonNode alert) throws IOException {
        String name = alert.path("alert").asText();
        assertThat(name).startsWith("RedisAccess");
        assertThat(alert.path("for").asText()).matches("[0-9]+[mh]");
        assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
        assertThat(alert.at("/annotations/summary").asText()).endsWith(".");
        assertThat(alert.at("/annotations/description").asText()).endsWith(".");
        assertThat(alert.at("/annotations/runbook_url").asText()).isEqualTo("docs/runbooks/" + name + ".md");
        assertThat(Files.readString(Repository.file("docs/runbooks/" + name + ".md")))
                .startsWith("# " + name + "\n")
                .contains("**Meaning.**", "**Impact.**", "**How to look.**", "**What to do.**");
        assertThat(Files.readString(Repository.file("docs/runbooks/README.md")))
                .contains("| [" + name + "](" + name + ".md) | "
                        + alert.at("/labels/severity").asText() + " |");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void readsMetricsThatAreServed(JsonNode alert) {
        assertThat(Queries.unknownMetrics(alert.path("expr").asText())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void hasATestInWhichItFiresAndOneInWhichItDoesNot(JsonNode alert) throws IOException {
        List<Boolean> fires = new ArrayList<>();
        Specimens.yaml(Files.readString(TESTS)).path("tests").forEach(test -> test.path("alert_rule_test")
                .forEach(row -> {
                    if (row.path("alertname").equals(alert.path("alert"))) {
                        fires.add(row.has("exp_alerts"));
                    }
                }));
        assertThat(fires).contains(true, false);
    }

    @Test
    void fireWhenTheyShall(@TempDir Path directory) throws IOException, InterruptedException {
        assumeTrue(Promtool.isAvailable(), Promtool.ABSENT);
        Path tests = Files.writeString(
                directory.resolve("rules.test.yaml"), Files.readString(TESTS).replace("RULES", RULES.toString()));
        assertThat(Promtool.run("", "test", "rules", tests.toString())).startsWith("0 ");
        assertThat(Promtool.run("", "check", "rules", RULES.toString())).startsWith("0 ");
    }
}
