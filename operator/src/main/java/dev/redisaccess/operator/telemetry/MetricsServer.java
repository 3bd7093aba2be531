package dev.redisaccess.operator.telemetry;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /metrics}, in Prometheus' text format. On a port of its own, so that access to it can be limited to the monitoring
 * system, and with a thread of its own, so that a scrape delays no probe.
 */
public final class MetricsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

    private static final String OPTION = "REDIS_ACCESS_METRICS_PORT";

    /** Few, because each slow reader keeps a copy of the text. */
    private static final SmallHttpServer.Limits LIMITS = new SmallHttpServer.Limits(16, Duration.ofSeconds(10));

    private final SmallHttpServer server;

    private MetricsServer(SmallHttpServer server) {
        this.server = server;
    }

    /**
     * Starts to answer.
     *
     * @param port 0: any free one
     * @param metrics the text of /metrics
     * @throws PortUnavailable if the port can't be bound
     */
    public static MetricsServer start(int port, Supplier<String> metrics) throws PortUnavailable {
        try {
            SmallHttpServer server = SmallHttpServer.start(
                    "metrics", port, LIMITS, Map.of("/metrics", () -> new HttpAnswer(200, metrics.get())));
            LOG.info("Metrics are served on port {}", server.port());
            return new MetricsServer(server);
        } catch (IOException taken) {
            throw new PortUnavailable(OPTION, port, taken);
        }
    }

    /** Where it answers. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
