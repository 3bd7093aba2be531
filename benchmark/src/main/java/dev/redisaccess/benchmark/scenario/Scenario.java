package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.benchmark.report.Findings;

/** One measurement. */
public interface Scenario {

    /** Its name on the command line. */
    String name();

    /** The question that it answers, in one sentence. */
    String question();

    /** The size of the budgets. */
    Form full();

    /** Large enough to count requests, small enough for every build. */
    Form small();

    /** Runs it, and records the measures. */
    void run(Bench bench, Form form, Findings findings);
}
