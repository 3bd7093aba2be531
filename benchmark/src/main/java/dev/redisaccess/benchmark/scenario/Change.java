package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.measure.ProcessWatch;
import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Distribution;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.testbed.AzureCall;
import dev.redisaccess.testbed.Bound;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.Population;
import dev.redisaccess.testbed.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A tenth of the bindings is deleted and as many are created concurrently, while Azure refuses every twentieth request. */
public final class Change implements Scenario {

    private static final int EVERY = 20;

    @Override
    public String name() {
        return "change";
    }

    @Override
    public String question() {
        return "How long do many concurrent deletions and creations take while Azure throttles every twentieth request?";
    }

    /** A thousand each way. */
    @Override
    public Form full() {
        return new Storm().full();
    }

    @Override
    public Form small() {
        return Form.usual(40, 2, Setup.Pace.NONE, Duration.ZERO);
    }

    @Override
    public void run(Bench bench, Form form, Findings findings) {
        Platform platform = bench.platform();
        bench.fill(form.bindings());
        int changed = Math.max(1, form.bindings() / 10);
        List<Bound> old = platform.population().bound().subList(0, changed);
        List<Bound> fresh = platform.population().prepare(changed);
        Common.conditions(platform, form, findings);
        findings.condition("deleted and created", changed + " each");
        ProcessWatch watch = ProcessWatch.of(bench.operator().pid());
        Instant began = Instant.now();
        try (Throttled throttled = Throttled.every(EVERY, platform)) {
            Population.inParallel(
                    List.<Runnable>of(() -> platform.population().deleteAll(old), () -> platform.population()
                            .bindAll(fresh)),
                    Runnable::run);
            bench.awaitReady(fresh);
            bench.await("the deleted to be gone", () -> old.stream()
                    .allMatch(one -> platform.readyTimes().gone(one).isPresent()));
            findings.add(Measure.of("requests refused by Azure", throttled.refused(), ""));
        }
        bench.awaitQuiet();
        results(platform, old, fresh, began, findings);
        Common.plots(platform, findings, watch, began);
        watch.close();
    }

    private static void results(
            Platform platform, List<Bound> old, List<Bound> fresh, Instant began, Findings findings) {
        Distribution created = spread("apply to Ready", fresh, began, platform.readyTimes()::ready);
        Distribution deleted = spread("delete to removal", old, began, platform.readyTimes()::gone);
        long left = old.stream().filter(one -> platform.azure().grants(one)).count();
        long granted =
                fresh.stream().filter(one -> platform.azure().grants(one)).count();
        long writes = platform.azureCalls().count(began, call -> call.isArmWrite() && call.status() < 300);
        findings.add(created.measure("max", 1))
                .add(deleted.measure("max", 1))
                .add(Measure.of("assignments left of deleted bindings", left, "")
                        .within(Budget.count(0)))
                .add(Measure.of("assignments missing of created bindings", fresh.size() - granted, "")
                        .within(Budget.count(0)))
                .add(Measure.of("accepted ARM writes per change", (double) writes / (old.size() + fresh.size()), "")
                        .within(Budget.count(1)))
                .add(Measure.of(
                        "ARM requests per change",
                        (double) platform.azureCalls().count(began, AzureCall::isArm) / (old.size() + fresh.size()),
                        ""))
                .add(Measure.of(
                        "API server writes per change",
                        (double) platform.writesSince(began) / (old.size() + fresh.size()),
                        ""))
                .add(created)
                .add(deleted);
    }

    private static Distribution spread(
            String name, List<Bound> bound, Instant from, Function<Bound, Optional<Instant>> moment) {
        return Distribution.of(
                name,
                "s",
                bound.stream()
                        .map(one -> Common.seconds(from, moment.apply(one).orElseThrow()))
                        .toList());
    }
}
