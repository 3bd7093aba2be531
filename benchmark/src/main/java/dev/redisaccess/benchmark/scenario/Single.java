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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One binding after the other: the operator's share of the time, in addition to Azure's. */
public final class Single implements Scenario {

    @Override
    public String name() {
        return "single";
    }

    @Override
    public String question() {
        return "How long does one binding take, and how much of that time is the operator's?";
    }

    /** Half an hour, nearly all of it waiting for Azure. */
    @Override
    public Form full() {
        return Form.usual(200, 8, Setup.Pace.RECORDED, Duration.ZERO);
    }

    @Override
    public Form small() {
        return Form.usual(12, 2, Setup.Pace.TENTH, Duration.ZERO);
    }

    /** When one binding was applied. */
    private record Applied(Bound bound, Instant at) {}

    @Override
    public void run(Bench bench, Form form, Findings findings) {
        Platform platform = bench.platform();
        ProcessWatch watch = ProcessWatch.of(bench.operator().pid());
        Common.conditions(platform, form, findings);
        List<Bound> bound = platform.population().prepare(form.bindings());
        bench.awaitQuiet();
        Instant began = Instant.now();
        List<Applied> applied = applyInTurn(bench, bound);
        bench.awaitQuiet();
        phases(platform, applied, findings);
        Map<Bound, Instant> since = applied.stream().collect(Collectors.toMap(Applied::bound, Applied::at));
        Common.costOfBinding(platform, findings, began, since);
        Common.plots(platform, findings, watch, began);
        watch.close();
    }

    private static List<Applied> applyInTurn(Bench bench, List<Bound> bound) {
        List<Applied> applied = new ArrayList<>();
        for (Bound one : bound) {
            applied.add(new Applied(one, bench.platform().population().bind(one)));
            bench.awaitReady(List.of(one));
        }
        return applied;
    }

    private static void phases(Platform platform, List<Applied> applied, Findings findings) {
        List<Operation> operations = platform.azure().operations();
        Function<Applied, Instant> put =
                one -> platform.azureCalls().put(one.bound()).orElseThrow();
        Function<Applied, Instant> succeeded = one -> Common.granted(operations, one.bound());
        Function<Applied, Instant> ready =
                one -> platform.readyTimes().ready(one.bound()).orElseThrow();
        Distribution after = spread("Azure's Succeeded to Ready", applied, succeeded, ready);
        Distribution before = spread("apply to the request to Azure", applied, Applied::at, put);
        Distribution azure = spread("Azure's own time", applied, put, succeeded);
        Distribution whole = spread("apply to Ready", applied, Applied::at, ready);
        findings.add(after.measure("p50", 0.5).within(Budget.time(Budgets.HALF_READY_MILLIS)))
                .add(after.measure("p99", 0.99).within(Budget.time(Budgets.NEARLY_ALL_READY_MILLIS)))
                .add(after.measure("max", 1))
                .add(after);
        Applied first = applied.get(0);
        findings.add(Measure.of(
                "· of the first binding after the start",
                Common.millis(succeeded.apply(first), ready.apply(first)),
                "ms"));
        for (Distribution each : List.of(before, azure, whole)) {
            findings.add(each.measure("p50", 0.5)).add(each.measure("max", 1)).add(each);
        }
    }

    private static Distribution spread(
            String name, List<Applied> applied, Function<Applied, Instant> from, Function<Applied, Instant> to) {
        return Distribution.of(
                name,
                "ms",
                applied.stream()
                        .map(one -> Common.millis(from.apply(one), to.apply(one)))
                        .toList());
    }
}
