package dev.redisaccess.benchmark.report;

/**
 * What a measure may be at most.
 *
 * @param kind on what it depends
 * @param most the largest value that meets it, in the measure's unit
 */
public record Budget(Kind kind, double most) {

    /** Whether a loaded or slow machine can break it. */
    public enum Kind {
        /** The same on every machine. */
        COUNT,
        /** The same on every machine but for some percent. */
        MEMORY,
        /** Means something on an idle machine only. */
        TIME
    }

    public static Budget count(double most) {
        return new Budget(Kind.COUNT, most);
    }

    public static Budget memory(double most) {
        return new Budget(Kind.MEMORY, most);
    }

    public static Budget time(double most) {
        return new Budget(Kind.TIME, most);
    }
}
