package dev.redisaccess.operator.telemetry;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /healthz}: the process answers, and nothing that only a restart mends is wrong. {@code /readyz}: every informer has
 * synced, on standby replicas also. Each answer says what is wrong. Any pod may connect, and none can keep the kubelet's probes
 * from being answered: see {@link SmallHttpServer}.
 */
public final class HealthServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);

    private static final String OPTION = "REDIS_ACCESS_HEALTH_PORT";

    /** More than the probes of any kubelet; at most 2 MiB of unfinished requests. */
    private static final SmallHttpServer.Limits LIMITS = new SmallHttpServer.Limits(128, Duration.ofSeconds(10));

    private final SmallHttpServer server;

    private HealthServer(SmallHttpServer server) {
        this.server = server;
    }

    /**
     * Starts to answer, before the operator itself starts.
     *
     * @param port 0: any free one
     * @param alive what is wrong with the process; empty: nothing
     * @param ready what is not ready yet; empty: all is
     * @throws PortUnavailable if the port can't be bound
     */
    public static HealthServer start(int port, Supplier<List<String>> alive, Supplier<List<String>> ready)
            throws PortUnavailable {
        return start(port, alive, ready, LIMITS);
    }

    static HealthServer start(
            int port, Supplier<List<String>> alive, Supplier<List<String>> ready, SmallHttpServer.Limits limits)
            throws PortUnavailable {
        try {
            SmallHttpServer server = SmallHttpServer.start(
                    "health",
                    port,
                    limits,
                    Map.of("/healthz", () -> answer(alive.get()), "/readyz", () -> answer(ready.get())));
            LOG.info("Health is served on port {}", server.port());
            return new HealthServer(server);
        } catch (IOException taken) {
            throw new PortUnavailable(OPTION, port, taken);
        }
    }

    /** Where it answers. */
    public int port() {
        return server.port();
    }

    private static HttpAnswer answer(List<String> wrong) {
        return wrong.isEmpty() ? new HttpAnswer(200, "ok\n") : new HttpAnswer(503, String.join("\n", wrong) + "\n");
    }

    @Override
    public void close() {
        server.close();
    }
}
