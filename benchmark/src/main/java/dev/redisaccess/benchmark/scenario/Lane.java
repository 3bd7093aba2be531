package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.measure.ProcessWatch;
import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Distribution;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.emulator.state.Operation;
import dev.redisaccess.testbed.Bound;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Many bindings on one database, whose assignments Azure changes one at a time. */
public final class Lane implements Scenario {

    @Override
    public String name() {
        return "lane";
    }

    @Override
    public String question() {
        return "How close is the time for many bindings on one database to Azure's own time for sequential changes?";
    }

    @Override
    public Form full() {
        return Form.usual(50, 1, Setup.Pace.RECORDED, Duration.ZERO);
    }

    @Override
    public Form small() {
        return Form.usual(12, 1, Setup.Pace.TENTH, Duration.ZERO);
    }

    @Override
    public void run(Bench bench, Form form, Findings findings) {
        Platform platform = bench.platform();
        ProcessWatch watch = ProcessWatch.of(bench.operator().pid());
        Common.conditions(platform, form, findings);
        List<Bound> bound = platform.population().prepare(form.bindings());
        bench.awaitQuiet();
        Instant began = Instant.now();
        platform.population().bindAll(bound);
        bench.awaitReady(bound);
        List<Double> ready = bound.stream()
                .map(one ->
                        Common.seconds(began, platform.readyTimes().ready(one).orElseThrow()))
                .toList();
        bench.awaitQuiet();
        Distribution spread = Distribution.of("apply to Ready", "s", ready);
        List<Operation> operations = platform.azure().operations().stream()
                .filter(operation -> !operation.start().isBefore(began))
                .toList();
        double service = operations.stream()
                .mapToDouble(operation ->
                        Common.seconds(operation.start(), operation.ended().orElseThrow()))
                .sum();
        long failed = operations.stream()
                .filter(operation -> operation.status() == Operation.Status.Failed)
                .count();
        findings.add(Measure.of("until all are Ready", spread.at(1), "s"))
                .add(Measure.of("Azure's own time, one after the other", service, "s"))
                .add(Measure.of("ratio", spread.at(1) / service, "").within(Budget.time(Budgets.LANE_RATIO)))
                .add(Measure.of("assignments that ended Failed", failed, "").within(Budget.count(0)))
                .add(spread);
        Common.costOfBinding(platform, findings, began, Common.appliedAt(began, bound));
        Common.plots(platform, findings, watch, began);
        watch.close();
    }
}
