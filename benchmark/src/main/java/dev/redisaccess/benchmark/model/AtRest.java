package dev.redisaccess.benchmark.model;

/**
 * The cost of bindings that are all Ready.
 *
 * @param bindings their number
 * @param databases the number of their databases
 * @param verificationSeconds from one verification of a binding to the next
 * @param resyncSeconds from one reading of a database to the next
 */
public record AtRest(int bindings, int databases, int verificationSeconds, int resyncSeconds) {

    private static final int PAGE = 100;

    /** A cluster, a database. */
    private static final int READS = 2;

    /** Token requests, exchanges and logins in a second. */
    public double verificationsPerSecond() {
        return (double) bindings / verificationSeconds;
    }

    /** Requests to Azure Resource Manager in a second. */
    public double readsPerSecond() {
        int pages = (bindings / databases + PAGE - 1) / PAGE;
        return (double) databases * (READS + Math.max(1, pages)) / resyncSeconds;
    }
}
