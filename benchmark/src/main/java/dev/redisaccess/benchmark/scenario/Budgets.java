package dev.redisaccess.benchmark.scenario;

/** What a full run may take at most: each is explained beside its result in docs/performance.md. */
final class Budgets {

    /** Milliseconds from Azure's Succeeded to Ready, of half of the bindings. */
    static final double HALF_READY_MILLIS = 300;

    /** The same, of 99 of 100. */
    static final double NEARLY_ALL_READY_MILLIS = 800;

    /** The time for many bindings on one database, as a multiple of Azure's own time for all of them. */
    static final double LANE_RATIO = 1.05;

    /** Writes from apply to Ready: finalizer, ConfigMap, status, Event. */
    static final double WRITES = 4;

    /** Milliseconds of the operator's CPU for a new binding. */
    static final double CPU_MILLIS = 15;

    /** The time of a storm on this machine, as a multiple of the time that it would take without the operator's CPU. */
    static final double STORM_RATIO = 1.25;

    /** The share of the remaining time that another binding may take, if it is applied halfway through a storm. */
    static final double FAIRNESS = 0.5;

    /** Seconds from the start to leading and watching, with ten thousand bindings. */
    static final double RESTART_SECONDS = 8;

    /** Percent of one core at rest, with ten thousand bindings, verifications included. */
    static final double REST_CPU_PERCENT = 4;

    /** Seconds from the start to leading and watching, without bindings. */
    static final double START_SECONDS = 1.6;

    /** The same with an AOT cache. */
    static final double CACHED_START_SECONDS = 0.9;

    /** Resident MiB without bindings. */
    static final double IDLE_MEBIBYTES = 110;

    /** Resident MiB with ten thousand bindings. */
    static final double FULL_MEBIBYTES = 200;

    private Budgets() {}
}
