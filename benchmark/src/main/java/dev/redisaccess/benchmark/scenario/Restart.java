package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.measure.ProcessWatch;
import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.testbed.AzureCall;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.Waiting;
import java.time.Duration;
import java.time.Instant;

/** The operator is stopped and another one started, while every binding is Ready. */
public final class Restart implements Scenario {

    /** After a restart every verification is due at a random moment of the next period; this is the tolerance. */
    private static final double CHANCE = 1.25;

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String question() {
        return "What does a restart with Ready bindings cost, and how long does it take until the operator watches again?";
    }

    @Override
    public Form full() {
        Form storm = new Storm().full();
        return storm.withSpan(Duration.ofMinutes(2));
    }

    @Override
    public Form small() {
        return new Storm().small();
    }

    @Override
    public void run(Bench bench, Form form, Findings findings) {
        Platform platform = bench.platform();
        bench.fill(form.bindings());
        Common.conditions(platform, form, findings);
        findings.condition("observed for", form.span().toSeconds() + " s");
        Instant began = Instant.now();
        OperatorProcess operator = bench.restartOperator();
        Instant watching = Instant.now();
        ProcessWatch watch = ProcessWatch.of(operator.pid());
        Waiting.pause(form.span());
        watch.now();
        findings.add(Measure.of("start to leading and watching", Common.seconds(operator.began(), watching), "s")
                        .within(Budget.time(Budgets.RESTART_SECONDS)))
                .add(Measure.of("from the end of the former process", Common.seconds(began, watching), "s"))
                .add(Measure.of("API server writes", platform.writesSince(began), "")
                        .within(Budget.count(0)))
                .add(Measure.of("ARM writes", platform.azureCalls().count(began, AzureCall::isArmWrite), "")
                        .within(Budget.count(0)));
        verifications(platform, form, began, findings);
        findings.add(Measure.of("resident memory, most", watch.mostResident(), "MiB")
                        .within(Budget.memory(Budgets.FULL_MEBIBYTES)))
                .add(Measure.of("CPU since the start", watch.now().cpuSeconds(), "s"));
        Common.plots(platform, findings, watch, began);
        watch.close();
    }

    /** The operator's own token needs one more exchange. */
    private static void verifications(Platform platform, Form form, Instant began, Findings findings) {
        double seconds = Common.seconds(began, Instant.now());
        double due = platform.population().bound().size()
                * Math.min(1, seconds / platform.setup().verificationSeconds());
        long exchanges = platform.azureCalls().count(began, AzureCall::isTokenExchange);
        findings.add(Measure.of("token exchanges", exchanges, "")
                .within(Budget.count(Math.ceil(due * CHANCE + 3 * Math.sqrt(due) + 1))));
        findings.add(Measure.of("· of which due", due, ""));
    }
}
