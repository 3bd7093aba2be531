package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.measure.LiveHeap;
import dev.redisaccess.benchmark.measure.ProcessWatch;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.testbed.AzureCall;
import dev.redisaccess.testbed.Bound;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Storms of growing size on one platform: the points that the queueing model is fitted to and checked against. */
public final class Scale implements Scenario {

    private static final int STEPS = 4;

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String question() {
        return "How do time, CPU and memory grow with the number of bindings?";
    }

    /** The bindings are the total of all steps. */
    @Override
    public Form full() {
        return Form.usual(1500, 20, Setup.Pace.TENTH, Duration.ZERO);
    }

    @Override
    public Form small() {
        return full().withBindings(60).withDatabases(4);
    }

    @Override
    public void run(Bench bench, Form form, Findings findings) {
        Platform platform = bench.platform();
        bench.operator();
        Common.conditions(platform, form, findings);
        // Warm-up: a new process is slow, which is not part of a storm.
        step(bench, Math.max(1, form.bindings() / 15), findings, 0);
        int unit = Math.max(1, form.bindings() / ((1 << STEPS) - 1));
        for (int i = 0; i < STEPS; i++) {
            step(bench, unit << i, findings, i + 1);
        }
    }

    private static void step(Bench bench, int bindings, Findings findings, int number) {
        Platform platform = bench.platform();
        List<Bound> bound = platform.population().prepare(bindings);
        bench.awaitQuiet();
        try (ProcessWatch watch = ProcessWatch.of(bench.operator().pid())) {
            Instant began = Instant.now();
            platform.population().bindAll(bound);
            bench.awaitReady(bound);
            double seconds = Common.seconds(began, Instant.now());
            watch.now();
            double cpu = watch.cpuSeconds();
            if (number > 0) {
                String step = "step " + number + ", ";
                findings.add(Measure.of(step + "bindings", bindings, ""))
                        .add(Measure.of(step + "until all are Ready", seconds, "s"))
                        .add(Measure.of(step + "operator's CPU", cpu, "s"))
                        .add(Measure.of(
                                step + "requests to ARM", platform.azureCalls().count(began, AzureCall::isArm), ""))
                        .add(Measure.of(
                                step + "bindings in all",
                                platform.population().bound().size(),
                                ""))
                        .add(Measure.of(step + "resident memory", watch.now().residentMebibytes(), "MiB"))
                        .add(Measure.of(
                                step + "live heap",
                                LiveHeap.mebibytes(
                                        bench.program().java(), bench.operator().pid()),
                                "MiB"));
            }
        }
    }
}
