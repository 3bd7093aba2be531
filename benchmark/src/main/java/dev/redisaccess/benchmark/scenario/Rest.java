package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.measure.ProcessWatch;
import dev.redisaccess.benchmark.measure.Rate;
import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.testbed.AzureCall;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Every binding is Ready, and nothing changes. */
public final class Rest implements Scenario {

    /** A database is read by a GET of the cluster, a GET of the database, and a LIST of the assignments. */
    private static final int READS = 2;

    /** Azure's page size of a LIST. */
    private static final int PAGE = 100;

    /** Resyncs and verifications are up to a tenth early. */
    private static final double EARLY = 0.9;

    /** A pass takes milliseconds. */
    private static final Duration AFTER_STIRRING = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public String question() {
        return "What does the operator cost when nothing changes?";
    }

    @Override
    public Form full() {
        return new Storm().full();
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
        ProcessWatch watch = ProcessWatch.of(bench.operator().pid());
        Instant began = Instant.now();
        Waiting.pause(form.span());
        watch.now();
        double share = watch.cpuSeconds() / watch.seconds();
        platform.population().stir();
        Waiting.pause(AFTER_STIRRING);
        double seconds = Common.seconds(began, Instant.now());
        findings.add(
                Measure.of("API server writes", platform.writesSince(began), "").within(Budget.count(0)));
        requests(platform, seconds, began, findings);
        verifications(platform, seconds, began, findings);
        findings.add(Measure.of("CPU, verifications included", 100 * share, "% of one core")
                        .within(Budget.time(Budgets.REST_CPU_PERCENT)))
                .add(Measure.of("resident memory, most", watch.mostResident(), "MiB")
                        .within(Budget.memory(Budgets.FULL_MEBIBYTES)))
                .add(Measure.of("threads", watch.now().threads(), ""));
        Common.plots(platform, findings, watch, began);
        watch.close();
    }

    private static void requests(Platform platform, double seconds, Instant began, Findings findings) {
        int databases = platform.population().databases();
        double perDatabase = Math.ceil(
                (double) platform.population().bound().size() / platform.setup().databases());
        double readings = Math.ceil(seconds / (platform.setup().resyncSeconds() * EARLY));
        double most = readings * (READS + Math.ceil(perDatabase / PAGE));
        List<AzureCall> calls = platform.azureCalls().since(began);
        long writes = calls.stream().filter(AzureCall::isArmWrite).count();
        long all = calls.stream().filter(AzureCall::isArm).count();
        findings.add(Measure.of("ARM writes", writes, "").within(Budget.count(0)))
                .add(Measure.of("ARM requests", all, ""))
                .add(Measure.of("ARM requests per database", (double) all / databases, "")
                        .within(Budget.count(most)));
    }

    /** Each verification has one exchange: more than are due would be an extra verification, or a retry. */
    private static void verifications(Platform platform, double seconds, Instant began, Findings findings) {
        double bindings = platform.population().bound().size();
        double due = bindings * Math.ceil(seconds / (platform.setup().verificationSeconds() * EARLY));
        long exchanges = platform.azureCalls().count(began, AzureCall::isTokenExchange);
        findings.add(Measure.of("verifications", exchanges, "").within(Budget.count(due)))
                .add(Rate.of(
                        "verifications",
                        platform.azureCalls().since(began).stream()
                                .filter(AzureCall::isTokenExchange)
                                .map(AzureCall::at)
                                .toList(),
                        began,
                        Instant.now()));
    }
}
