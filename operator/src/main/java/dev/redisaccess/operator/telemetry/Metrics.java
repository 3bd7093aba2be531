package dev.redisaccess.operator.telemetry;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;

/**
 * The operator's own meters. Names and labels are part of what users build dashboards on: docs/reference/metrics.md lists
 * them. No label names an object, so their number stays small however many bindings there are.
 */
public final class Metrics {

    private static final String OK = "ok";

    private final MeterRegistry registry;

    public Metrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A token was asked for. */
    public void tokenAsked(Duration took, Optional<Problem> problem) {
        timer("redisaccess.token.exchange", problem.map(Problem::reason)).record(took);
    }

    /** A login was tried. */
    public void loggedIn(Duration took, Optional<Problem> problem) {
        timer("redisaccess.login", problem.map(Problem::reason)).record(took);
    }

    /** An assignment was created or deleted; measured from when ARM took it. */
    public void operationSucceeded(String operation, Duration took) {
        Timer.builder("redisaccess.assignment.operation")
                .tag("operation", operation)
                .tag("result", OK)
                .register(registry)
                .record(took);
    }

    /** An attempt to create or delete an assignment failed. */
    public void operationFailed(String operation, Reason reason) {
        registry.counter("redisaccess.assignment.failures", "operation", operation, "reason", reason.text())
                .increment();
    }

    /** A database was read, with its assignments. */
    public void databaseRead(Duration took, Optional<Reason> problem) {
        timer("redisaccess.database.read", problem).record(took);
    }

    /** ARM asked to be called less often. */
    public void paused(Duration pause) {
        registry.counter("redisaccess.arm.paused.seconds").increment(pause.toMillis() / 1000.0);
    }

    /** Ready, or its reason, changed on an object of this kind. */
    public void transition(String kind, Finding ready) {
        registry.counter(
                        "redisaccess.transitions",
                        "kind",
                        kind,
                        "ready",
                        ready.status().text(),
                        "reason",
                        ready.reason().text())
                .increment();
    }

    /** A status was written. */
    public void statusWritten(String kind) {
        registry.counter("redisaccess.status.writes", "kind", kind).increment();
    }

    private Timer timer(String name, Optional<Reason> problem) {
        return Timer.builder(name)
                .tag("result", problem.map(Reason::text).orElse(OK))
                .register(registry);
    }
}
