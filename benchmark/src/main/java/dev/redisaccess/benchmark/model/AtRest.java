package dev.redisaccess.benchmark.model;

/**
 * What bindings cost that are all Ready.
 *
 * @param bindings how many
 * @param databases that they are on
 * @param checkSeconds from one proof of a binding to the next
 * @param resyncSeconds from one reading of a database to the next
 */
public record AtRest(int bindings, int databases, int checkSeconds, int resyncSeconds) {

    private static final int PAGE = 100;

    /** A cluster, a database. */
    private static final int READS = 2;

    /** Token requests, exchanges and logins in a second. */
    public double checksPerSecond() {
        return (double) bindings / checkSeconds;
    }

    /** Requests to Azure Resource Manager in a second. */
    public double readsPerSecond() {
        int pages = (bindings / databases + PAGE - 1) / PAGE;
        return (double) databases * (READS + Math.max(1, pages)) / resyncSeconds;
    }
}
