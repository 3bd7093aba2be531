package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.measure.CpuByProgram;
import dev.redisaccess.benchmark.measure.ProcessWatch;
import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Distribution;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.emulator.state.Operation;
import dev.redisaccess.launcher.ProcessUse;
import dev.redisaccess.testbed.Bound;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** All bindings are applied at once, and Azure takes no time, so the operator and its platform are measured. */
public final class Storm implements Scenario {

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String question() {
        return "How long do many bindings take that are applied at once, and what do they cost?";
    }

    @Override
    public Form full() {
        return Form.usual(10_000, 100, Setup.Pace.NONE, Duration.ofMinutes(10));
    }

    @Override
    public Form small() {
        return new Form(24, 2, Setup.Pace.NONE, Duration.ofSeconds(12), 2, 60);
    }

    /** A binding on another database that is applied when half of the others are Ready. */
    private record Latecomer(Bound bound, Instant at) {}

    @Override
    public void run(Bench bench, Form form, Findings findings) {
        Platform platform = bench.platform();
        double idle = ProcessUse.of(bench.operator().pid()).residentMebibytes();
        ProcessWatch watch = ProcessWatch.of(bench.operator().pid());
        Common.conditions(platform, form, findings);
        List<Bound> bound = platform.population().prepare(form.bindings());
        Bound late = platform.population().prepareQuiet();
        bench.awaitQuiet();
        double cpuBefore = watch.now().cpuSeconds();
        CpuByProgram othersBefore = CpuByProgram.now(bench.operator().pid());
        Instant began = Instant.now();
        platform.population().bindAll(bound);
        Instant applied = Instant.now();
        bench.await(
                "half of the bindings to be Ready", () -> platform.population().readyOf(bound) * 2 >= bound.size());
        Latecomer latecomer = new Latecomer(late, platform.population().bind(late));
        bench.awaitReady(bound);
        bench.awaitReady(List.of(late));
        double cpu = watch.now().cpuSeconds() - cpuBefore;
        CpuByProgram others = CpuByProgram.now(bench.operator().pid());
        bench.awaitQuiet();
        times(platform, bound, began, applied, findings);
        fairness(platform, bound, latecomer, findings);
        findings.add(Measure.of("operator's CPU per binding", 1000 * cpu / bound.size(), "ms")
                .within(Budget.time(Budgets.CPU_MILLIS)));
        double othersCpu = others.since(othersBefore, bound.size(), findings);
        findings.add(Measure.of(
                        "until all are Ready if the operator used no CPU",
                        othersCpu / Runtime.getRuntime().availableProcessors(),
                        "s"))
                .add(Measure.of(
                                "CPU of all programs, divided by that of all but the operator",
                                (othersCpu + cpu) / othersCpu,
                                "")
                        .within(Budget.time(Budgets.STORM_RATIO)));
        findings.add(Measure.of("resident memory before", idle, "MiB"));
        findings.add(Measure.of("resident memory, most", watch.mostResident(), "MiB")
                .within(Budget.memory(Budgets.FULL_MEBIBYTES)));
        findings.add(Measure.of("threads", watch.now().threads(), ""));
        Map<Bound, Instant> all = Common.appliedAt(began, bound);
        all.put(late, latecomer.at());
        Common.costOfBinding(platform, findings, began, all);
        Common.plots(platform, findings, watch, began);
        watch.close();
    }

    private static void times(Platform platform, List<Bound> bound, Instant began, Instant applied, Findings findings) {
        Distribution spread = Distribution.of(
                "start to Ready",
                "s",
                bound.stream()
                        .map(one -> Common.seconds(
                                began, platform.readyTimes().ready(one).orElseThrow()))
                        .toList());
        long failed = platform.azure().operations().stream()
                .filter(operation -> !operation.start().isBefore(began))
                .filter(operation -> operation.status() == Operation.Status.Failed)
                .count();
        findings.add(Measure.of("until all are Ready", spread.at(1), "s"))
                .add(Measure.of("until all are applied", Common.seconds(began, applied), "s"))
                .add(Measure.of("Ready per second", bound.size() / spread.at(1), ""))
                .add(Measure.of("assignments that ended Failed", failed, "").within(Budget.count(0)))
                .add(spread);
    }

    /** As a share of the remaining time: 1 would be the last. */
    private static void fairness(Platform platform, List<Bound> bound, Latecomer latecomer, Findings findings) {
        Instant last = bound.stream()
                .map(one -> platform.readyTimes().ready(one).orElseThrow())
                .max(Instant::compareTo)
                .orElseThrow();
        double took = Common.seconds(
                latecomer.at(), platform.readyTimes().ready(latecomer.bound()).orElseThrow());
        double left = Math.max(Common.seconds(latecomer.at(), last), took);
        findings.add(Measure.of("apply to Ready of one more binding on another database, applied halfway", took, "s"))
                .add(Measure.of("· as a share of the remaining time", took / left, "")
                        .within(Budget.time(Budgets.FAIRNESS)));
    }
}
