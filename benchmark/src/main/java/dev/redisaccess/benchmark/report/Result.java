package dev.redisaccess.benchmark.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one scenario found.
 *
 * @param scenario its name
 * @param question what it asks, in a sentence
 * @param began in ISO 8601
 * @param conditions under which it was measured, in order
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

    /** The measures that are more than they may be. */
    public List<Measure> exceeded(List<Budget.Kind> judged) {
        return measures.stream().filter(measure -> measure.exceeds(judged)).toList();
    }

    /**
     * One measure's value.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public double value(String measure) {
        return measures.stream()
                .filter(each -> each.name().equals(measure))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(scenario + " has no measure " + measure))
                .value();
    }
}
