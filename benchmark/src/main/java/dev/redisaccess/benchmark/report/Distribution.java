package dev.redisaccess.benchmark.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The distribution of a quantity.
 *
 * @param quantiles at equal steps from the least to the most, at most 201 of them
 * @param count the number of values
 */
public record Distribution(String name, String unit, long count, List<Double> quantiles) {

    private static final int STEPS = 200;

    public Distribution {
        quantiles = List.copyOf(quantiles);
    }

    /** Of at least one value. */
    public static Distribution of(String name, String unit, Collection<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("There are no values of " + name + ".");
        }
        sorted.sort(null);
        List<Double> quantiles = new ArrayList<>();
        int steps = Math.min(STEPS, sorted.size() - 1);
        for (int i = 0; i <= steps; i++) {
            quantiles.add(steps == 0 ? sorted.get(0) : sorted.get((int) ((long) i * (sorted.size() - 1) / steps)));
        }
        return new Distribution(name, unit, sorted.size(), quantiles);
    }

    /**
     * The value that this share of all values does not exceed: the nearest rank.
     *
     * @param share from 0 to 1
     */
    public double at(double share) {
        int index = (int) Math.ceil(share * (quantiles.size() - 1));
        return quantiles.get(index);
    }

    /** As a measure: what this share of all values does not exceed. */
    public Measure measure(String what, double share) {
        return Measure.of(name + ", " + what, at(share), unit);
    }
}
