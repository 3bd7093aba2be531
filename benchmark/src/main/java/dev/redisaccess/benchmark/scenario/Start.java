package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.measure.ProcessUse;
import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Distribution;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.benchmark.stage.OperatorProcess;
import dev.redisaccess.benchmark.stage.Setup;
import dev.redisaccess.benchmark.stage.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From the start of the process to leading and watching, again and again, with nothing to do. */
public final class Start implements Scenario {

    /** MiB in RAM when nothing happens. */
    private static final double MEMORY = 140;

    /** Seconds, on JDK 17. */
    private static final double SECONDS = 2.5;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String question() {
        return "How soon after its start does the operator watch, and what does it use when idle?";
    }

    /** The bindings are the starts. */
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
        findings.condition("starts", form.bindings())
                .condition("API server", bench.platform().cluster().description())
                .condition("idle for", form.span().toSeconds() + " s before memory is read");
        bench.operator();
        List<Double> seconds = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int i = 0; i < form.bindings(); i++) {
            OperatorProcess operator = bench.restartOperator();
            seconds.add(Common.seconds(operator.began(), Instant.now()));
            cpu.add(ProcessUse.of(operator.pid()).cpuSeconds());
            if (i == 0 || i == form.bindings() - 1) {
                Waiting.pause(form.span());
                resident.add(ProcessUse.of(operator.pid()).residentMebibytes());
            }
        }
        Distribution spread = Distribution.of("start to leading and watching", "s", seconds);
        findings.add(spread.measure("p50", 0.5).within(Budget.time(SECONDS)))
                .add(spread.measure("max", 1))
                // What other processes do lengthens the time, and hardly this.
                .add(Distribution.of("CPU until then", "s", cpu).measure("p50", 0.5))
                .add(spread)
                .add(Distribution.of("resident memory, idle", "MiB", resident)
                        .measure("max", 1)
                        .within(Budget.memory(MEMORY)))
                .add(Measure.of("threads", ProcessUse.of(bench.operator().pid()).threads(), ""));
    }
}
