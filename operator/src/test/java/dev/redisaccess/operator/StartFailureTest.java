package dev.redisaccess.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redisaccess.operator.kubernetes.Repository;
import dev.redisaccess.operator.telemetry.MetricsServer;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StartFailureTest {

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        refusal(
                                404,
                                "Failure executing: GET at: https://api/apis/redisaccess.dev/v1alpha1/redisdatabases"),
                        3,
                        "The API server has no redisdatabases.redisaccess.dev"),
                Arguments.of(
                        refusal(
                                404,
                                "GET at: https://api/apis/redisaccess.dev/v1alpha1/namespaces/shop/redisaccessbindings"),
                        3,
                        "no redisaccessbindings.redisaccess.dev"),
                Arguments.of(refusal(401, "Unauthorized"), 4, "does not accept the operator's token (401)"),
                Arguments.of(
                        refusal(403, "namespaces is forbidden"),
                        4,
                        "A permission is missing: namespaces is forbidden."),
                Arguments.of(
                        new IllegalStateException("No permission to lease resource. in namespace: system"),
                        4,
                        "A permission is missing: No permission to lease resource. in namespace: system."),
                Arguments.of(
                        new KubernetesClientException("list", new ConnectException("Connection refused: api:443")),
                        5,
                        "could not be reached: Connection refused: api:443"),
                Arguments.of(
                        new KubernetesClientException("list", new ConnectException()),
                        5,
                        "could not be reached: ConnectException"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void saysWhatTheClusterRefusedHoweverDeepItLies(Exception refusal, int exitCode, String sentence) {
        var wrapped = new IllegalStateException("Error starting operator", new CompletionException(refusal));

        assertThat(StartFailure.of(wrapped)).hasValueSatisfying(failure -> {
            assertThat(failure.exitCode()).isEqualTo(exitCode);
            assertThat(failure.sentence()).contains(sentence);
        });
    }

    @Test
    void namesTheOptionOfAPortThatIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> MetricsServer.start(taken.getLocalPort(), () -> ""))
                    .satisfies(refused -> assertThat(StartFailure.of(refused)).hasValueSatisfying(failure -> {
                        assertThat(failure.exitCode()).isEqualTo(2);
                        assertThat(failure.sentence()).contains("`REDIS_ACCESS_METRICS_PORT`", "is not available");
                    }));
        }
    }

    @Test
    void leavesToTheTraceWhatIsNoResponseOfTheCluster() {
        assertThat(StartFailure.of(new IllegalStateException("a defect"))).isEmpty();
        assertThat(StartFailure.of(refusal(500, "etcdserver: request timed out")))
                .isEmpty();
        assertThat(StartFailure.of(refusal(404, "GET at: https://api/api/v1/namespaces/shop")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "1, 9+", "0, 99"})
    void refusesAnApiServerThatIsTooOld(String major, String minor) {
        assertThat(StartFailure.tooOld(major, minor)).hasValueSatisfying(failure -> {
            assertThat(failure.exitCode()).isEqualTo(6);
            assertThat(failure.sentence()).contains("must be 1.31 or newer");
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 31", "1, 36+", "2, 0", "'', ''", "one, two"})
    void takesAnyOther(String major, String minor) {
        assertThat(StartFailure.tooOld(major, minor)).isEmpty();
    }

    @Test
    void theChartAsksForTheSame() throws IOException {
        Path chart = Repository.file("helm/redis-access-operator/Chart.yaml");

        assertThat(Files.readString(chart)).contains("kubeVersion: \">=1." + StartFailure.OLDEST_MINOR + ".0-0\"");
    }

    private static KubernetesClientException refusal(int code, String message) {
        return new KubernetesClientException(
                message,
                code,
                new StatusBuilder().withCode(code).withMessage(message).build());
    }
}
