package dev.redisaccess.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.port.Telemetry;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {

    static Stream<ServedMetrics.Family> families() {
        return ServedMetrics.families().stream();
    }

    /** What promtool checks, for machines that have none. */
    @ParameterizedTest
    @MethodSource("families")
    void followsTheConventions(ServedMetrics.Family family) {
        assertThat(family.help()).as(family.name()).endsWith(".");
        assertThat(family.name().endsWith("_total")).isEqualTo(family.type().equals("counter"));
        if (family.type().equals("histogram")) {
            assertThat(family.name()).endsWith("_seconds");
            assertThat(family.buckets()).hasSizeGreaterThan(5);
        }
    }

    @Test
    void promtoolHasNoComplaint() throws IOException, InterruptedException {
        assumeTrue(Promtool.isAvailable(), Promtool.ABSENT);
        assertThat(Promtool.run(ServedMetrics.text(), "check", "metrics")).isEqualTo("0 ");
    }

    /** Each may be the first failure, which is an increase only over a value that was there before. */
    @ParameterizedTest
    @CsvSource({
        "read_database,AzureForbidden",
        "write_assignment,AzureCredentialFailed",
        "delete_assignment,AzureRequestRefused"
    })
    void refusalsOfAzureStartAtZero(String call, String reason) {
        assertThat(new Metrics("1").text())
                .contains("redisaccess_arm_call_failures_total{call=\"" + call + "\",reason=\"" + reason + "\"} 0.0\n");
    }

    @Test
    void countsADurationAndItsReasonApart() {
        var metrics = new Metrics("1");
        metrics.verificationEnded(Duration.ofMillis(30), Optional.empty());
        metrics.verificationEnded(Duration.ofSeconds(10), Optional.of(Reason.CONNECT_TIMEOUT));
        metrics.azureCallEnded(Telemetry.AzureCall.READ_ASSIGNMENT, Duration.ofMillis(-5), Optional.empty());

        assertThat(metrics.text())
                .contains(
                        "redisaccess_verification_duration_seconds_bucket{result=\"ok\",le=\"0.025\"} 0\n",
                        "redisaccess_verification_duration_seconds_bucket{result=\"ok\",le=\"0.05\"} 1\n",
                        "redisaccess_verification_duration_seconds_sum{result=\"failed\"} 10.0\n",
                        "redisaccess_verification_failures_total{reason=\"ConnectTimeout\"} 1.0\n",
                        // The clock was set back.
                        "redisaccess_arm_call_duration_seconds_sum{call=\"read_assignment\",result=\"ok\"} 0.0\n");
    }

    @Test
    void aStandbyReportsNoObjects() {
        assertThat(state(false))
                .contains("redisaccess_leader 0.0\n", "redisaccess_ca_bundle_expiry_timestamp_seconds 1.77236646E9\n")
                .doesNotContain(
                        "redisaccess_bindings", "redisaccess_databases", "redisaccess_work", "redisaccess_lane");
    }

    @Test
    void theLeaderCountsByReasonAndDatabase() {
        assertThat(state(true))
                .contains(
                        "redisaccess_leader 1.0\n",
                        "redisaccess_bindings{ready=\"True\",reason=\"Ready\"} 2.0\n",
                        "redisaccess_bindings{ready=\"False\",reason=\"NotAuthorized\"} 1.0\n",
                        // Not yet reported, and a status that another client wrote.
                        "redisaccess_bindings{ready=\"Unknown\",reason=\"NotAttempted\"} 1.0\n",
                        "redisaccess_bindings{ready=\"Unknown\",reason=\"Other\"} 1.0\n",
                        "redisaccess_databases{ready=\"True\",reason=\"DatabaseRunning\"} 2.0\n",
                        "redisaccess_database_bindings{database=\"orders\",verified=\"False\"} 1.0\n",
                        "redisaccess_database_bindings{database=\"orders\",verified=\"True\"} 2.0\n",
                        "redisaccess_database_bindings{database=\"orders\",verified=\"Unknown\"} 1.0\n",
                        "redisaccess_database_bindings{database=\"empty\",verified=\"False\"} 0.0\n",
                        "redisaccess_database_assignments{database=\"orders\",kind=\"Leftover\"} 2.0\n",
                        "redisaccess_work_queued{work=\"verification\"} 3.0\n",
                        "redisaccess_work_oldest_wait_seconds 4.0\n",
                        "redisaccess_lane_operations{state=\"queued\"} 5.0\n",
                        "redisaccess_arm_paused_subscriptions 1.0\n",
                        "redisaccess_server_certificate_expiry_timestamp_seconds{host=\"login.example\"}")
                // Not counted as 0: it is not known.
                .doesNotContain("database_assignments{database=\"empty\"")
                // A tenant may name any number of databases that do not exist.
                .doesNotContain("no-such-database");
    }

    private static String state(boolean leads) {
        var forged = new ConditionBuilder()
                .withType("Ready")
                .withStatus("Sure")
                .withReason("AnyText")
                .build();
        var metrics = new Metrics("1");
        metrics.add(new StateMetrics(
                ServedMetrics.state(
                        leads,
                        List.of(ServedMetrics.database("orders", 2), ServedMetrics.database("empty", null)),
                        List.of(
                                ServedMetrics.binding("orders", Reason.READY),
                                ServedMetrics.binding("orders", Reason.READY),
                                ServedMetrics.binding("orders", Reason.NOT_AUTHORIZED),
                                ServedMetrics.binding("orders", (List<Condition>) null),
                                ServedMetrics.binding("no-such-database", List.of(forged)))),
                ServedMetrics.clock()));
        return metrics.text();
    }

    @Test
    void theNumberOfSeriesDoesNotGrowWithBindings() {
        assertThat(series(10_000)).isEqualTo(series(10));
    }

    private static long series(int bindings) {
        var metrics = new Metrics("1");
        metrics.add(new StateMetrics(
                ServedMetrics.state(
                        true,
                        List.of(ServedMetrics.database("orders", 0)),
                        IntStream.range(0, bindings)
                                .mapToObj(number ->
                                        ServedMetrics.binding("database-" + number, Reason.DATABASE_NOT_FOUND))
                                .toList()),
                ServedMetrics.clock()));
        return metrics.text().lines().count();
    }

    @Test
    void readsTheProcessFromItsFolder() {
        assertThat(ServedMetrics.text())
                .contains(
                        "process_resident_memory_bytes 1.048576E8\n",
                        "process_virtual_memory_bytes 2.56E8\n",
                        "process_open_fds 3.0\n",
                        "process_max_fds 1048576.0\n",
                        "jvm_memory_used_bytes{area=\"heap\"} ")
                .containsPattern("redisaccess_memory_limit_bytes [1-9]");
    }

    @Test
    void lacksWhatASystemWithoutProcDoesNotHave() {
        var metrics = new Metrics("1");
        metrics.add(new ProcessMetrics(Path.of("no-such-folder")));
        assertThat(metrics.text())
                .doesNotContain("process_resident_memory_bytes", "process_open_fds")
                .contains("process_start_time_seconds", "jvm_memory_used_bytes");
    }
}
