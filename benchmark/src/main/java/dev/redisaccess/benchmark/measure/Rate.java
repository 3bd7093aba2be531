package dev.redisaccess.benchmark.measure;

import dev.redisaccess.benchmark.report.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rate of an event over time. */
public final class Rate {

    private static final int BUCKETS = 100;

    private Rate() {}

    /** Occurrences per second in up to a hundred equal spans, each at least a second, from {@code from} to {@code to}. */
    public static Series of(String name, List<Instant> moments, Instant from, Instant to) {
        double span = Math.max(1, Duration.between(from, to).toMillis() / 1000.0);
        int buckets = (int) Math.max(1, Math.min(BUCKETS, Math.floor(span)));
        double width = span / buckets;
        double[] counts = new double[buckets];
        for (Instant moment : moments) {
            int bucket = (int) (Duration.between(from, moment).toMillis() / 1000.0 / width);
            if (bucket >= 0 && bucket < buckets) {
                counts[bucket]++;
            }
        }
        List<Double> seconds = new ArrayList<>();
        List<Double> perSecond = new ArrayList<>();
        for (int i = 0; i < buckets; i++) {
            seconds.add((i + 0.5) * width);
            perSecond.add(counts[i] / width);
        }
        return new Series(name, "per second", seconds, perSecond);
    }
}
