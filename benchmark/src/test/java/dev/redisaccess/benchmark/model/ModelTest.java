package dev.redisaccess.benchmark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.redisaccess.benchmark.model.Provisioning.Batch;
import dev.redisaccess.benchmark.model.Provisioning.Limit;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formula against a simulation of the same stations, binding by binding. */
class ModelTest {

    @ParameterizedTest
    @CsvSource({
        "100,   10, 0.02, 0.9, LANE",
        "1000,  10, 0.02, 0.9, LANE",
        "1000, 100, 0.03, 0.1, MACHINE",
        "3000,  20, 0.03, 0.1, MACHINE",
        "50,     1, 0.01, 8.7, LANE"
    })
    void agreesWithASimulationOfTheStations(int bindings, int databases, double each, double azure, Limit limit) {
        Provisioning model = new Provisioning(each, azure, 1e9, 0);
        Batch batch = new Batch(bindings, databases, 1);

        assertThat(model.limit(batch)).isEqualTo(limit);
        assertThat(model.seconds(batch)).isCloseTo(simulated(batch, each, azure), within(0.12 * model.seconds(batch)));
    }

    /** The machine serves in random order; then each database serves one at a time. */
    private static double simulated(Batch batch, double each, double azure) {
        double[] free = new double[batch.databases()];
        PriorityQueue<double[]> machine = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
        Random order = new Random(1);
        for (int i = 0; i < batch.bindings(); i++) {
            machine.add(new double[] {order.nextDouble(), i % batch.databases()});
        }
        double now = 0;
        double last = 0;
        while (!machine.isEmpty()) {
            int database = (int) machine.poll()[1];
            now += each;
            free[database] = Math.max(free[database], now) + azure;
            last = Math.max(last, free[database]);
        }
        return last;
    }

    @Test
    void aQuotaLetsABurstThroughAndThenARate() {
        Provisioning model = new Provisioning(0, 0, 10, 200);

        assertThat(model.seconds(new Batch(200, 100, 1))).isZero();
        assertThat(model.seconds(new Batch(10_000, 100, 1))).isEqualTo(980);
        assertThat(model.seconds(new Batch(10_000, 100, 5))).isEqualTo(180);
        assertThat(model.limit(new Batch(10_000, 100, 5))).isEqualTo(Limit.QUOTA);
    }

    @Test
    void readsGrowWithDatabasesAndVerificationsWithBindings() {
        assertThat(new AtRest(10_000, 100, 900, 300).readsPerSecond()).isEqualTo(1);
        assertThat(new AtRest(20_000, 100, 900, 300).readsPerSecond())
                .as("a second page each")
                .isCloseTo(4.0 / 3, within(1e-9));
        assertThat(new AtRest(9_000, 100, 900, 300).verificationsPerSecond()).isEqualTo(10);
    }
}
