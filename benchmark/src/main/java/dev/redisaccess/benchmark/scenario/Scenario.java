package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.report.Findings;

/** One thing that is measured. */
public interface Scenario {

    /** As it is asked for on the command line. */
    String name();

    /** What it finds out, in one sentence. */
    String question();

    /** As large as the budgets speak of. */
    Form full();

    /** Large enough to count what the operator does, small enough for every build. */
    Form small();

    /** Does it, and notes what is found. */
    void run(Bench bench, Form form, Findings findings);
}
