package dev.redisaccess.operator.telemetry;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code /metrics}, in Prometheus' text format. On a port of its own, so that access to it can be limited to the monitoring
 * system, and with a thread of its own, so that a scrape delays no probe.
 */
public final class MetricsServer {

    /** Few, because each slow reader keeps a copy of the text. */
    private static final SmallHttpServer.Limits LIMITS = new SmallHttpServer.Limits(16, Duration.ofSeconds(10));

    private MetricsServer() {}

    /**
     * Starts to answer.
     *
     * @param port 0: any free one
     * @param metrics the text of /metrics
     * @throws PortUnavailable if the port can't be bound
     */
    public static SmallHttpServer start(int port, Supplier<String> metrics) throws PortUnavailable {
        return SmallHttpServer.start(
                new SmallHttpServer.Port("metrics", "REDIS_ACCESS_METRICS_PORT", port),
                LIMITS,
                Map.of("/metrics", () -> new HttpAnswer(200, metrics.get())));
    }
}
