package dev.redisaccess.benchmark.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of one scenario.
 *
 * @param scenario its name
 * @param question the question that it answers, in a sentence
 * @param began in ISO 8601
 * @param conditions of the measurement, in order
 */
public record Result(
        String scenario,
        String question,
        String began,
        Map<String, String> conditions,
        Machine machine,
        List<Measure> measures,
        List<Distribution> distributions,
        List<Series> series) {

    public Result {
        conditions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
        measures = List.copyOf(measures);
        distributions = List.copyOf(distributions);
        series = List.copyOf(series);
    }

    /** The measures that exceed a budget. */
    public List<Measure> exceeded(List<Budget.Kind> judged) {
        return measures.stream().filter(measure -> measure.exceeds(judged)).toList();
    }

    /**
     * One measure's value.
     *
     * @throws IllegalArgumentException if there is no such measure
     */
    public double value(String measure) {
        return measures.stream()
                .filter(each -> each.name().equals(measure))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The result of " + scenario + " has no measure `" + measure + "`."))
                .value();
    }
}
