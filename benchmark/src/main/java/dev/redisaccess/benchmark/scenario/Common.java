package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.measure.ProcessWatch;
import dev.redisaccess.benchmark.measure.Rate;
import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.emulator.state.Operation;
import dev.redisaccess.testbed.ApiCall;
import dev.redisaccess.testbed.AzureCall;
import dev.redisaccess.testbed.Bound;
import dev.redisaccess.testbed.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Measurements that several scenarios share. */
final class Common {

    /** A state that lasts longer is reported with one more write: that Azure takes longer, or the verification after it. */
    private static final Duration SETTLE = Duration.ofSeconds(4);

    /** Counts in the status of a database, and its report: each at most once a minute, however many bindings it has. */
    private static final String OF_A_REVIEW = "\\w+ (redisdatabases/status|redisaccessreports.*)";

    private Common() {}

    static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    static double seconds(Instant from, Instant to) {
        return millis(from, to) / 1000;
    }

    /** Bindings that were all applied at one moment, as a map that can be added to. */
    static Map<Bound, Instant> appliedAt(Instant at, List<Bound> bound) {
        Map<Bound, Instant> applied = new HashMap<>();
        bound.forEach(one -> applied.put(one, at));
        return applied;
    }

    /**
     * Writes and requests for newly applied bindings that are all Ready and have come to rest since {@code from}.
     *
     * @param applied the time of each
     */
    static void costOfBinding(Platform platform, Findings findings, Instant from, Map<Bound, Instant> applied) {
        platform.cluster().settle();
        int bindings = applied.size();
        long slow = slow(platform, applied);
        List<Operation> operations = platform.azure().operations();
        long slowAfter = slow(
                platform,
                applied.keySet().stream()
                        .collect(Collectors.toMap(Function.identity(), bound -> granted(operations, bound))));
        Map<String, Long> writes = platform.cluster().calls().since(from).stream()
                .filter(ApiCall::isWrite)
                .collect(Collectors.groupingBy(ApiCall::what, TreeMap::new, Collectors.counting()));
        long all = writes.values().stream().mapToLong(Long::longValue).sum();
        long ofReviews = writes.entrySet().stream()
                .filter(write -> write.getKey().matches(OF_A_REVIEW))
                .mapToLong(Map.Entry::getValue)
                .sum();
        findings.add(Measure.of("API server writes per binding", (double) (all - ofReviews) / bindings, "")
                .within(Budget.count(Budgets.WRITES + (double) (slow + slowAfter) / bindings)));
        long reviews = platform.setup().databases()
                * (1 + Duration.between(from, Instant.now()).toMinutes());
        findings.add(
                Measure.of("API server writes of access reviews", ofReviews, "").within(Budget.count(2.0 * reviews)));
        findings.add(Measure.of(
                "· bindings that took longer than the " + SETTLE.toSeconds() + " s after which progress is reported",
                (double) slow / bindings,
                ""));
        findings.add(Measure.of(
                "· of these, that took longer after Azure had ended also", (double) slowAfter / bindings, ""));
        writes.forEach((what, count) -> findings.add(Measure.of("· " + what, (double) count / bindings, "")));
        long puts = platform.azureCalls().count(from, AzureCall::isPut);
        findings.add(Measure.of("ARM writes (PUT) per binding", (double) puts / bindings, "")
                .within(Budget.count(1)));
        long reads = platform.azureCalls().count(from, call -> call.isArm() && !call.isArmWrite());
        findings.add(Measure.of("ARM reads per binding", (double) reads / bindings, ""));
        long exchanges = platform.azureCalls().count(from, AzureCall::isTokenExchange);
        findings.add(Measure.of("token exchanges per binding", (double) exchanges / bindings, ""));
    }

    /** How many bindings took longer than {@link #SETTLE} from a moment to Ready. */
    private static long slow(Platform platform, Map<Bound, Instant> since) {
        return since.entrySet().stream()
                .filter(one -> platform.readyTimes()
                        .ready(one.getKey())
                        .orElseThrow()
                        .isAfter(one.getValue().plus(SETTLE)))
                .count();
    }

    /** When Azure had created the binding's assignment. */
    static Instant granted(List<Operation> operations, Bound bound) {
        return operations.stream()
                .filter(operation -> bound.isGrantedBy(operation.target().name()))
                .flatMap(operation -> operation.ended().stream())
                .reduce((first, again) -> again)
                .orElseThrow();
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
                .condition("verifications", "every " + platform.setup().verificationSeconds() + " s");
    }
}
