package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseReportTest {

    static Stream<Arguments> accessKeys() {
        return Stream.of(
                Arguments.of(Optional.of(false), Reason.ACCESS_KEYS_DISABLED),
                Arguments.of(Optional.of(true), Reason.ACCESS_KEYS_ENABLED),
                // Auditors take EntraOnly as evidence, so what Azure does not say is not claimed.
                Arguments.of(Optional.empty(), Reason.ACCESS_KEYS_UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("accessKeys")
    void saysWhetherAccessKeysWork(Optional<Boolean> enabled, Reason reason) {
        var database =
                new Database(new Endpoint("orders.example", 10000), ClusteringPolicy.NoCluster, enabled, List.of());
        var snapshot = new DatabaseSnapshot(Optional.empty(), Optional.of(database), Optional.empty());

        assertThat(DatabaseReport.of(Optional.of(snapshot))
                        .findings()
                        .get(ConditionType.ENTRA_ONLY)
                        .reason())
                .isEqualTo(reason);
    }
}
