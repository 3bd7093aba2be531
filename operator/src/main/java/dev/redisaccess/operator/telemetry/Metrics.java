package dev.redisaccess.operator.telemetry;

import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.port.Telemetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The operator's own meters. Names and labels are part of what users build dashboards on: docs/reference/metrics.md lists
 * them. No label names a binding, so their number stays small however many there are; one names a RedisDatabase.
 */
public final class Metrics implements Telemetry {

    private static final String OK = "ok";

    private final MeterRegistry registry;

    /** Gauges hold their values weakly. */
    private final Map<String, Map<AssignmentKind, AtomicInteger>> assignments = new ConcurrentHashMap<>();

    public Metrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void tokenRequested(Duration took, Optional<Reason> problem) {
        timer("redisaccess.token.exchange", problem).record(took);
    }

    @Override
    public void loginTried(Duration took, Optional<Reason> problem) {
        timer("redisaccess.login", problem).record(took);
    }

    @Override
    public void operationSucceeded(LaneState.Kind kind, Duration took) {
        Timer.builder("redisaccess.assignment.operation")
                .tag("operation", text(kind))
                .tag("result", OK)
                .register(registry)
                .record(took);
    }

    @Override
    public void operationFailed(LaneState.Kind kind, Reason reason) {
        registry.counter("redisaccess.assignment.failures", "operation", text(kind), "reason", reason.text())
                .increment();
    }

    @Override
    public void readingEnded(Optional<Reason> problem, Duration took) {
        timer("redisaccess.database.read", problem).record(took);
    }

    @Override
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

    /** The assignments of a database, as of its last review. */
    public void assignments(String database, AssignmentKind kind, int count) {
        assignments
                .computeIfAbsent(database, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(kind, any -> {
                    var held = new AtomicInteger();
                    Gauge.builder("redisaccess.database.assignments", held, AtomicInteger::get)
                            .tag("database", database)
                            .tag("kind", kind.text())
                            .register(registry);
                    return held;
                })
                .set(count);
    }

    /** The database is not registered any more. */
    public void forgetDatabase(String database) {
        if (assignments.remove(database) != null) {
            registry.find("redisaccess.database.assignments")
                    .tag("database", database)
                    .meters()
                    .forEach(registry::remove);
        }
    }

    private static String text(LaneState.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private Timer timer(String name, Optional<Reason> problem) {
        return Timer.builder(name)
                .tag("result", problem.map(Reason::text).orElse(OK))
                .register(registry);
    }
}
