package dev.redisaccess.operator.azure;

import static dev.redisaccess.operator.azure.Samples.ALICE;
import static dev.redisaccess.operator.azure.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Problems;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.Telemetry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real HTTPS, with a real exchange of the operator's own token: against the emulator. */
class EmulatedAzureTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void readsADatabaseAndSaysWhatIsMissing() throws Exception {
        try (EmulatedAzure azure = new EmulatedAzure(directory, "")) {
            assertThat(azure.controlPlane.readDatabase(ORDERS)).isInstanceOfSatisfying(Result.Ok.class, result -> {
                Database database = (Database) result.value();
                assertThat(database.clusteringPolicy()).isEqualTo(ClusteringPolicy.NoCluster);
                assertThat(database.accessKeysEnabled()).contains(true);
                assertThat(database.endpoint().host()).isEqualTo("localhost");
            });
            // The role is on the one cluster: another one of the same group may not be read.
            DatabaseId other = new DatabaseId(Samples.SUBSCRIPTION, "shop", "carts");
            Problem problem = Problems.of(azure.controlPlane.readDatabase(other));
            assertThat(problem.reason()).isEqualTo(Reason.AZURE_FORBIDDEN);
            assertThat(problem.message()).contains("Microsoft.Cache/redisEnterprise/read");
            DatabaseId inCapitals = new DatabaseId(
                    Samples.SUBSCRIPTION,
                    ORDERS.resourceGroup(),
                    ORDERS.cluster().toUpperCase(Locale.ROOT));
            assertThat(azure.controlPlane.readDatabase(inCapitals)).isInstanceOf(Result.Ok.class);
        }
    }

    @Test
    void saysThatTheOperatorCannotLogIn() throws Exception {
        try (EmulatedAzure azure =
                new EmulatedAzure(directory, "faults:\n  - {service: entra, action: {aadsts: 700213}}")) {
            Problem problem = Problems.of(azure.controlPlane.readDatabase(ORDERS));
            assertThat(problem.reason()).isEqualTo(Reason.AZURE_CREDENTIAL_FAILED);
            assertThat(problem.message()).contains("AADSTS700213").doesNotContain("Trace ID");
        }
    }

    @Test
    void createsListsAndDeletes() throws Exception {
        try (EmulatedAzure azure = new EmulatedAzure(directory, "timing: {assignmentCreateMillis: 50}")) {
            Result<Assignment> created =
                    azure.controlPlane.writeAssignment(ORDERS, Samples.name(ALICE), ALICE, Optional.empty());
            assertThat(created).isInstanceOf(Result.Ok.class);
            await().atMost(LONG).until(() -> state(azure, ALICE).equals(Optional.of(ProvisioningState.Succeeded)));
            assertThat(azure.controlPlane.listAssignments(ORDERS))
                    .isInstanceOfSatisfying(Result.Ok.class, listed -> assertThat((List<?>) listed.value())
                            .singleElement()
                            .extracting("name", "state")
                            .containsExactly(Samples.name(ALICE), ProvisioningState.Succeeded));
            assertThat(azure.controlPlane.deleteAssignment(ORDERS, Samples.name(ALICE)))
                    .isEqualTo(Result.ok(true));
            await().atMost(LONG).until(() -> state(azure, ALICE).isEmpty());
            assertThat(azure.controlPlane.deleteAssignment(ORDERS, Samples.name(ALICE)))
                    .isEqualTo(Result.ok(false));
        }
    }

    @Test
    void grantsFiftyOnOneDatabaseAndNoneFails() throws Exception {
        List<ObjectId> principals =
                IntStream.rangeClosed(1, 50).mapToObj(Samples::principal).toList();
        Queue<LaneState> bad = new ConcurrentLinkedQueue<>();
        try (EmulatedAzure azure = new EmulatedAzure(directory, "timing: {assignmentCreateMillis: 60}");
                AzureDatabaseAccess access = AzureDatabaseAccess.over(
                        azure.controlPlane, Samples.MARK, azure.subscriptions, Clock.systemUTC(), Telemetry.NONE)) {
            access.listen((database, concerned) -> concerned.forEach(principal -> {
                LaneState state = access.lane(database, principal);
                if (state instanceof LaneState.Failed) {
                    bad.add(state);
                }
            }));
            access.watch(ORDERS, Duration.ofSeconds(300));
            principals.forEach(principal -> access.grant(ORDERS, principal, Samples::full));
            await().atMost(LONG).until(() -> succeeded(access) == principals.size());
            assertThat(bad).isEmpty();
            assertThat(azure.count("PUT")).isEqualTo(50);
            // One look before each, and few after it.
            assertThat(azure.count("GET")).isBetween(100L, 300L);
            // Seven on a page: the reading follows every nextLink.
            assertThat(azure.controlPlane.listAssignments(ORDERS))
                    .isInstanceOfSatisfying(Result.Ok.class, result -> assertThat((List<?>) result.value())
                            .hasSize(50));
        }
    }

    private static long succeeded(AzureDatabaseAccess access) {
        return access.snapshot(ORDERS).flatMap(DatabaseSnapshot::inventory).stream()
                .map(Inventory::assignments)
                .flatMap(List::stream)
                .filter(assignment -> assignment.state() == ProvisioningState.Succeeded)
                .count();
    }

    private static Optional<ProvisioningState> state(EmulatedAzure azure, ObjectId principal) {
        return azure.controlPlane.readAssignment(ORDERS, Samples.name(principal))
                        instanceof Result.Ok<Optional<Assignment>> result
                ? result.value().map(Assignment::state)
                : Optional.of(ProvisioningState.Unknown);
    }
}
