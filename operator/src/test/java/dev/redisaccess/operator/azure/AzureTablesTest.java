package dev.redisaccess.operator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The pure decisions of the lane, as tables. */
class AzureTablesTest {

    @ParameterizedTest(name = "{0} ms into {1} ms, {2} lanes: {3} ms")
    @CsvSource({
        // one lane: soon, then each second, then closely around the expected end
        "0, 8700, 1, 500",
        "500, 8700, 1, 1000",
        "6500, 8700, 1, 700",
        "7300, 8800, 1, 150",
        "7400, 8800, 1, 150",
        "8800, 8800, 1, 150",
        "11700, 8800, 1, 150",
        "11700, 8700, 1, 1000",
        "29900, 8700, 1, 1000",
        "30000, 8700, 1, 4000",
        // fast ones
        "0, 150, 1, 150",
        "0, 10, 1, 100",
        "200, 150, 1, 100",
        "0, 40000, 1, 500",
        "19000, 20000, 1, 150",
        // some share the reads around the expected end; ten still look often before it, more wait for it
        "8800, 8800, 4, 200",
        "8700, 8700, 6, 300",
        "8700, 8700, 10, 500",
        "500, 8700, 10, 1000",
        "500, 8700, 20, 8200",
        "8700, 8700, 20, 1000",
        "8700, 8700, 100, 5000",
        "8700, 8700, 11, 550",
        "35000, 8700, 40, 4000",
    })
    void pollsByElapsedAndExpectedTime(long elapsed, long expected, int lanes, long wait) {
        assertThat(PollSchedule.next(Duration.ofMillis(elapsed), Duration.ofMillis(expected), lanes))
                .isEqualTo(Duration.ofMillis(wait));
    }

    @Test
    void tracksAzuresDurationsAndIgnoresOutliers() {
        OperationDurations learned = new OperationDurations();
        for (int i = 0; i < 20; i++) {
            learned.add(LaneState.Kind.GRANT, Duration.ofSeconds(12));
        }
        assertThat(learned.expected(LaneState.Kind.GRANT)).isBetween(Duration.ofMillis(11_900), Duration.ofSeconds(12));
        learned.add(LaneState.Kind.GRANT, Duration.ofMinutes(8));
        assertThat(learned.expected(LaneState.Kind.GRANT)).isLessThanOrEqualTo(Duration.ofSeconds(12));
    }

    static Stream<Arguments> failures() {
        Problem down = Problem.of(Reason.AZURE_UNAVAILABLE, "503");
        Problem failed = Problem.of(Reason.ASSIGNMENT_FAILED, "Failed");
        return Stream.of(
                Arguments.of(down, 1, 0.5, 10),
                Arguments.of(down, 2, 0.5, 20),
                Arguments.of(down, 5, 0.5, 160),
                Arguments.of(down, 6, 0.5, 300),
                Arguments.of(down, 100, 0.5, 300),
                Arguments.of(down.retryAfter(Duration.ofSeconds(77)), 1, 0.5, 77),
                Arguments.of(down.retryAfter(Duration.ofSeconds(7)), 1, 0.5, 10),
                Arguments.of(failed, 1, 0.0, 30),
                Arguments.of(failed, 1, 1.0, 60),
                Arguments.of(failed, 9, 0.5, 45));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void waitsBeforeAnotherAttempt(Problem problem, int attempts, double random, long seconds) {
        assertThat(new RetryDelays(() -> random).afterFailure(problem, attempts))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void spreadsReadingsByATenth() {
        Duration period = Duration.ofSeconds(300);
        assertThat(new RetryDelays(() -> 0).jittered(period)).isEqualTo(Duration.ofSeconds(270));
        assertThat(new RetryDelays(() -> 1).jittered(period)).isEqualTo(Duration.ofSeconds(330));
    }

    @ParameterizedTest
    @CsvSource({
        "Running, Succeeded, true",
        "Running, Updating, true",
        "Running, Failed, true",
        "Updating, Updating, true",
        "Scaling, Updating, true",
        "Moving, Updating, true",
        "'', Succeeded, true",
        "'', Updating, true",
        "'', Failed, false",
        "'', Creating, false",
        "Creating, Creating, false",
        "CreateFailed, Failed, false",
        "UpdateFailed, Failed, false",
        "ScalingFailed, Failed, false",
        "Disabled, Succeeded, false",
        "Disabling, Updating, false",
        "Deleting, Deleting, false",
    })
    void statesThatServeClients(String resourceState, String provisioningState, boolean serves) {
        assertThat(new DatabaseResource.State(resourceState, provisioningState).isServing())
                .isEqualTo(serves);
    }
}
