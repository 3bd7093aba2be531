package dev.redisaccess.benchmark.report;

/**
 * The upper limit of a measure.
 *
 * @param kind the dependency on the machine
 * @param most the largest value that meets it, in the measure's unit
 */
public record Budget(Kind kind, double most) {

    /** How a value depends on the machine. */
    public enum Kind {
        /** The same on every machine. */
        COUNT,
        /** The same on every machine within some percent. */
        MEMORY,
        /** Meaningful on an idle machine only. */
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
