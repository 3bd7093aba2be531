package dev.redisaccess.benchmark.pages;

import dev.redisaccess.benchmark.measure.CpuByProgram;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.benchmark.report.Result;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The part of each cost that is the operator's, and the parts of Azure, the API server and Redis: what could still become less. */
final class Shares {

    private static final String OWN = "the operator";

    private Shares() {}

    /** A section of the page, or nothing without the results of {@code single} and {@code storm}. */
    static String of(SortedMap<String, Result> results) {
        Optional<Result> single = Optional.ofNullable(results.get("single"));
        Optional<Result> storm = Optional.ofNullable(results.get("storm"));
        if (single.isEmpty() || storm.isEmpty()) {
            return "";
        }
        return """

                ## Whose cost it is

                What is not the operator's does not become less by a faster operator. "Used" in the table above says what is near its limit.

                | one binding, half of all | ms | share |
                |---|---:|---:|
                """ + table(time(single.get())) + """

                | CPU of a new binding, 10,000 at once | ms | share |
                |---|---:|---:|
                """ + table(cpu(storm.get()));
    }

    /** The medians of consecutive phases: their sum is nearly the median of the whole. */
    private static Map<String, Double> time(Result single) {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put(
                OWN + ", API server, Entra: apply to the request to Azure",
                single.value("apply to the request to Azure, p50"));
        parts.put("Azure", single.value("Azure's own time, p50"));
        parts.put(
                OWN + ", API server, Entra, Redis: Azure's Succeeded to Ready",
                single.value("Azure's Succeeded to Ready, p50"));
        return parts;
    }

    private static Map<String, Double> cpu(Result storm) {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put(OWN, storm.value("operator's CPU per binding"));
        for (Measure measure : storm.measures()) {
            String name = measure.name();
            if (name.startsWith(CpuByProgram.OF) && name.endsWith(CpuByProgram.EACH)) {
                parts.put(
                        name.substring(CpuByProgram.OF.length(), name.length() - CpuByProgram.EACH.length()),
                        measure.value());
            }
        }
        return parts;
    }

    private static String table(Map<String, Double> parts) {
        double all = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        StringBuilder rows = new StringBuilder();
        parts.forEach((name, value) ->
                rows.append(String.format(Locale.ROOT, "| %s | %,.1f | %.0f %% |%n", name, value, 100 * value / all)));
        return rows.toString();
    }
}
