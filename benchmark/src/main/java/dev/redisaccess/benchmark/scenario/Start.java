package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Distribution;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.image.Training;
import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.launcher.ProcessUse;
import dev.redisaccess.testbed.AotCache;
import dev.redisaccess.testbed.Setup;
import dev.redisaccess.testbed.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of the process to leading and watching, repeatedly, without bindings: on the runtime of the
 * operator, on the one of this program if it differs, and with an AOT cache if the runtime supports one.
 */
public final class Start implements Scenario {

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String question() {
        return "How long does a start take until the operator leads and watches, and what does it use when idle?";
    }

    /** The number of bindings is the number of starts. */
    @Override
    public Form full() {
        return Form.usual(10, 1, Setup.Pace.NONE, Duration.ofSeconds(20));
    }

    @Override
    public Form small() {
        return Form.usual(2, 1, Setup.Pace.NONE, Duration.ofSeconds(2));
    }

    @Override
    public void run(Bench bench, Form form, Findings findings) {
        findings.condition("starts", form.bindings() + " of each kind")
                .condition("API server", bench.platform().cluster().description())
                .condition("idle for", form.span().toSeconds() + " s before memory is read");
        bench.operator();
        JavaProgram shipped = bench.program().without(AotCache::isFlag);
        measure(bench, form, findings, new Kind("start", shipped, Budgets.START_SECONDS));
        JavaProgram own = shipped.on(Path.of(System.getProperty("java.home")));
        if (own.feature() != shipped.feature()) {
            measure(bench, form, findings, new Kind("start on JDK " + own.feature(), own, Budgets.START_SECONDS));
        }
        if (shipped.feature() >= AotCache.SINCE) {
            bench.stopOperator();
            Training.Trained cached =
                    Training.trainCopy(shipped, bench.platform().directory());
            measure(
                    bench,
                    form,
                    findings,
                    new Kind("start with an AOT cache", cached.program(), Budgets.CACHED_START_SECONDS));
            findings.add(Measure.of("size of the AOT cache", cached.cache().sizeMebibytes(), "MiB"));
        }
        bench.restartOperator();
    }

    /** One way to start, and its limit in seconds. */
    private record Kind(String name, JavaProgram program, double seconds) {}

    private static void measure(Bench bench, Form form, Findings findings, Kind kind) {
        List<Double> seconds = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int i = 0; i < form.bindings(); i++) {
            OperatorProcess operator = bench.restartOperator(kind.program());
            seconds.add(Common.seconds(operator.began(), Instant.now()));
            cpu.add(ProcessUse.of(operator.pid()).cpuSeconds());
            if (i == 0 || i == form.bindings() - 1) {
                Waiting.pause(form.span());
                resident.add(ProcessUse.of(operator.pid()).residentMebibytes());
            }
        }
        Distribution spread = Distribution.of(kind.name() + " to leading and watching", "s", seconds);
        findings.add(spread.measure("p50", 0.5).within(Budget.time(kind.seconds())))
                .add(spread.measure("max", 1))
                // Load of other processes lengthens the time, but hardly the CPU time.
                .add(Distribution.of("· CPU until then", "s", cpu).measure("p50", 0.5))
                .add(spread)
                .add(Distribution.of("· resident memory, idle", "MiB", resident)
                        .measure("max", 1)
                        .within(Budget.memory(Budgets.IDLE_MEBIBYTES)))
                .add(Measure.of(
                        "· threads", ProcessUse.of(bench.operator().pid()).threads(), ""));
    }
}
