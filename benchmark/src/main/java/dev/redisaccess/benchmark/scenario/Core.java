package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.core.CoreRun;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.testbed.Setup;
import java.time.Duration;

/** The pure core alone, with JMH: no API server, no Azure, no operator. */
public final class Core implements Scenario {

    private static final double NANOSECONDS_OF_MICROSECOND = 1000;

    @Override
    public String name() {
        return "core";
    }

    @Override
    public String question() {
        return "What do the parts of every pass cost, and which costs grow with the bindings of a database?";
    }

    /** The bindings are those of the largest database; the span is the duration of one measurement. */
    @Override
    public Form full() {
        return Form.usual(1000, 1, Setup.Pace.NONE, Duration.ofMillis(800));
    }

    @Override
    public Form small() {
        return Form.usual(10, 1, Setup.Pace.NONE, Duration.ofMillis(100));
    }

    @Override
    public void run(Bench bench, Form form, Findings findings) {
        findings.condition("each part", "in a process of its own, with the JVM flags of the operator's image")
                .condition("one turn", form.span().toMillis() + " ms; five count, after two that do not");
        for (CoreRun.Cost cost : new CoreRun(bench.program(), form.bindings(), form.span()).all()) {
            findings.add(Measure.of(cost.name(), cost.nanoseconds() / NANOSECONDS_OF_MICROSECOND, "µs"))
                    .add(Measure.of("· allocated", Math.rint(cost.bytes()), "bytes"));
        }
    }
}
