package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.testbed.Setup;
import java.time.Duration;

/**
 * The size of a scenario.
 *
 * @param bindings their number
 * @param databases their number; bindings are distributed over them in turn
 * @param pace the durations of Azure
 * @param span the observation time of an idle operator
 * @param resyncSeconds from one reading of a database to the next
 * @param verificationSeconds from one verification of a binding to the next
 */
public record Form(
        int bindings, int databases, Setup.Pace pace, Duration span, int resyncSeconds, int verificationSeconds) {

    /** The defaults of the API: 300 s and 900 s. */
    static Form usual(int bindings, int databases, Setup.Pace pace, Duration span) {
        return new Form(bindings, databases, pace, span, 300, 900);
    }

    public Form withBindings(int count) {
        return new Form(count, databases, pace, span, resyncSeconds, verificationSeconds);
    }

    public Form withDatabases(int count) {
        return new Form(bindings, count, pace, span, resyncSeconds, verificationSeconds);
    }

    public Form withPace(Setup.Pace other) {
        return new Form(bindings, databases, other, span, resyncSeconds, verificationSeconds);
    }

    public Form withSpan(Duration other) {
        return new Form(bindings, databases, pace, other, resyncSeconds, verificationSeconds);
    }

    /** The platform. A real API server enforces the minimum of the definitions, 30 s and 60 s. */
    public Setup on(Setup.Api api) {
        boolean checked = api == Setup.Api.real;
        return new Setup(
                api,
                databases,
                pace,
                checked ? Math.max(30, resyncSeconds) : resyncSeconds,
                checked ? Math.max(60, verificationSeconds) : verificationSeconds);
    }
}
