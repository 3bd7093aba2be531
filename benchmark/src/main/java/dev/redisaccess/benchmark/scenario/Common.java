package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.measure.ProcessWatch;
import dev.redisaccess.benchmark.measure.Rate;
import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.benchmark.stage.ApiCall;
import dev.redisaccess.benchmark.stage.AzureCall;
import dev.redisaccess.benchmark.stage.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What several scenarios find out in the same way. */
final class Common {

    /**
     * From apply to Ready: finalizer, status with the origin, ConfigMap, status, Event. What lasts longer than a second is
     * reported in between, which a busy machine makes some bindings do: hence the half. One more for each is over it.
     */
    private static final double WRITES = 5.5;

    private Common() {}

    static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    static double seconds(Instant from, Instant to) {
        return millis(from, to) / 1000;
    }

    /** Writes and requests for newly applied bindings that are all Ready and have come to rest since {@code from}. */
    static void costOfBinding(Platform platform, Findings findings, Instant from, int bindings) {
        platform.cluster().settle();
        Map<String, Long> writes = platform.cluster().calls().since(from).stream()
                .filter(ApiCall::isWrite)
                .collect(Collectors.groupingBy(ApiCall::what, TreeMap::new, Collectors.counting()));
        long all = writes.values().stream().mapToLong(Long::longValue).sum();
        findings.add(Measure.of("API server writes per binding", (double) all / bindings, "")
                .within(Budget.count(WRITES)));
        writes.forEach((what, count) -> findings.add(Measure.of("· " + what, (double) count / bindings, "")));
        long puts = platform.azureCalls().count(from, AzureCall::isPut);
        findings.add(Measure.of("ARM writes (PUT) per binding", (double) puts / bindings, "")
                .within(Budget.count(1)));
        long reads = platform.azureCalls().count(from, call -> call.isArm() && !call.isArmWrite());
        findings.add(Measure.of("ARM reads per binding", (double) reads / bindings, ""));
        long exchanges = platform.azureCalls().count(from, AzureCall::isTokenExchange);
        findings.add(Measure.of("token exchanges per binding", (double) exchanges / bindings, ""));
    }

    /** Memory, CPU and requests to ARM over time. */
    static void plots(Platform platform, Findings findings, ProcessWatch watch, Instant from) {
        findings.add(watch.resident()).add(watch.cpu());
        findings.add(Rate.of(
                "requests to ARM",
                platform.azureCalls().since(from).stream()
                        .filter(AzureCall::isArm)
                        .map(AzureCall::at)
                        .toList(),
                from,
                Instant.now()));
    }

    static void conditions(Platform platform, Form form, Findings findings) {
        findings.condition("bindings", form.bindings())
                .condition("databases", platform.setup().databases())
                .condition("API server", platform.cluster().description())
                .condition(
                        "Azure takes",
                        platform.setup().pace().create() + " ms to create an assignment, "
                                + platform.setup().pace().delete() + " ms to delete one")
                .condition("resync", platform.setup().resyncSeconds() + " s")
                .condition("checks", "every " + platform.setup().checkSeconds() + " s");
    }
}
