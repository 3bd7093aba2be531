package dev.redisaccess.benchmark.report;

import java.util.List;

/**
 * A quantity over time.
 *
 * @param seconds since the scenario began
 * @param values as many
 */
public record Series(String name, String unit, List<Double> seconds, List<Double> values) {

    public Series {
        seconds = List.copyOf(seconds);
        values = List.copyOf(values);
        if (seconds.size() != values.size()) {
            throw new IllegalArgumentException("There must be as many values as times.");
        }
    }
}
