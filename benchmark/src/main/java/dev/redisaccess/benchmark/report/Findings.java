package dev.redisaccess.benchmark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The measures of a running scenario. */
public final class Findings {

    private final Map<String, String> conditions = new LinkedHashMap<>();
    private final List<Measure> measures = new ArrayList<>();
    private final List<Distribution> distributions = new ArrayList<>();
    private final List<Series> series = new ArrayList<>();

    /** Adds a condition of the measurement. */
    public Findings condition(String name, Object value) {
        conditions.put(name, String.valueOf(value));
        return this;
    }

    public Findings add(Measure measure) {
        measures.add(measure);
        return this;
    }

    public Findings add(Distribution distribution) {
        distributions.add(distribution);
        return this;
    }

    public Findings add(Series one) {
        series.add(one);
        return this;
    }

    /** The result. */
    public Result result(String scenario, String question, String began, Machine machine) {
        return new Result(scenario, question, began, conditions, machine, measures, distributions, series);
    }
}
