package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.measure.LiveHeap;
import dev.redisaccess.benchmark.measure.ProcessWatch;
import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.launcher.ProcessUse;
import dev.redisaccess.testbed.Bound;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.Setup;
import dev.redisaccess.testbed.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Bindings are created, verified and deleted, with occasional failures: no resource usage may grow. */
public final class Soak implements Scenario {

    private static final Duration TURN = Duration.ofSeconds(20);
    private static final Duration FAULT = Duration.ofSeconds(5);

    /** Bindings that are created and deleted in each round. */
    private static final int COMING = 5;

    /** Rounds before the first measure: pools fill, classes are loaded. */
    private static final int WARM_UP = 6;

    private static final double MORE_THREADS = 10;
    private static final double MORE_FILES = 20;

    /** Of live heap, in MiB: caches of the libraries fill over minutes. */
    private static final double MORE_HEAP = 4;

    private static final List<FaultRule> FAULTS = List.of(
            new FaultRule(Service.ARM, null, null, null, 0, 0, response(503)),
            new FaultRule(Service.ENTRA, null, null, null, 0, 0, response(500)),
            new FaultRule(Service.ARM, null, null, null, 0, 0, response(429)));

    private static FaultAction response(int status) {
        return new FaultAction(status, null, Map.of("Retry-After", "1"), 0, false, false, false, false, false, 0);
    }

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String question() {
        return "Does any resource usage grow while bindings are created, verified and deleted, with occasional failures?";
    }

    @Override
    public Form full() {
        return new Form(500, 10, Setup.Pace.TENTH, Duration.ofMinutes(30), 30, 60);
    }

    @Override
    public Form small() {
        return new Form(20, 2, Setup.Pace.NONE, Duration.ofMinutes(4), 30, 60);
    }

    /** The values that must not grow. */
    private record Usage(ProcessUse use, double heap) {}

    @Override
    public void run(Bench bench, Form form, Findings findings) {
        Platform platform = bench.platform();
        bench.fill(form.bindings());
        Common.conditions(platform, form, findings);
        findings.condition("observed for", form.span().toSeconds() + " s, a fault of 5 s in every 20 s");
        ProcessWatch watch = ProcessWatch.of(bench.operator().pid());
        Instant began = Instant.now();
        int turn = 0;
        for (; turn < WARM_UP; turn++) {
            turn(bench, turn);
        }
        Usage before = usage(bench);
        Instant end = began.plus(form.span());
        while (Instant.now().isBefore(end)) {
            turn(bench, turn++);
        }
        bench.awaitQuiet();
        Usage after = usage(bench);
        findings.add(Measure.of("rounds", turn, ""));
        growth("threads", before.use().threads(), after.use().threads(), "", MORE_THREADS, findings);
        growth("open files and connections", before.use().files(), after.use().files(), "", MORE_FILES, findings);
        growth("live heap", before.heap(), after.heap(), "MiB", MORE_HEAP, findings);
        findings.add(Measure.of("resident memory, most", watch.mostResident(), "MiB"))
                .add(watch.threads())
                .add(watch.files());
        Common.plots(platform, findings, watch, began);
        watch.close();
    }

    /** Creates some bindings, injects a fault for some time, and deletes the bindings. */
    private static void turn(Bench bench, int number) {
        Platform platform = bench.platform();
        List<Bound> coming = platform.population().prepare(COMING);
        platform.population().bindAll(coming);
        if (number % (FAULTS.size() + 1) < FAULTS.size()) {
            var faults = platform.azure().emulator().faults();
            int id = faults.add(FAULTS.get(number % (FAULTS.size() + 1)));
            Waiting.pause(FAULT);
            faults.remove(id);
        } else {
            coming.forEach(one -> platform.azure().cutConnections(one.database()));
        }
        bench.awaitReady(coming);
        Waiting.pause(TURN.minus(FAULT));
        platform.population().deleteAll(coming);
        bench.await("the deleted to be gone", () -> coming.stream()
                .allMatch(one -> platform.readyTimes().gone(one).isPresent()));
    }

    private static Usage usage(Bench bench) {
        long pid = bench.operator().pid();
        return new Usage(ProcessUse.of(pid), LiveHeap.mebibytes(bench.program().java(), pid));
    }

    private static void growth(String what, double before, double after, String unit, double most, Findings findings) {
        findings.add(Measure.of(what, after, unit));
        findings.add(Measure.of(what + ": growth after the first two minutes", Math.max(0, after - before), unit)
                .within(Budget.memory(most)));
    }
}
