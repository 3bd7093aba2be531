package dev.redisaccess.operator.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code /healthz}: the process answers, and nothing is wrong that only a restart repairs. {@code /readyz}: every informer has
 * synced, on standby replicas also. Each answer says what is wrong. Any pod may connect, and none can keep the kubelet's probes
 * from being answered: see {@link SmallHttpServer}.
 */
public final class HealthServer {

    /** More than the probes of any kubelet; at most 2 MiB of unfinished requests. */
    private static final SmallHttpServer.Limits LIMITS = new SmallHttpServer.Limits(128, Duration.ofSeconds(10));

    private HealthServer() {}

    /**
     * Starts to answer, before the operator itself starts.
     *
     * @param port 0: any free one
     * @param alive what is wrong with the process; empty: nothing
     * @param ready what is not ready yet; empty: all is
     * @throws PortUnavailable if the port can't be bound
     */
    public static SmallHttpServer start(int port, Supplier<List<String>> alive, Supplier<List<String>> ready)
            throws PortUnavailable {
        return start(port, alive, ready, LIMITS);
    }

    static SmallHttpServer start(
            int port, Supplier<List<String>> alive, Supplier<List<String>> ready, SmallHttpServer.Limits limits)
            throws PortUnavailable {
        return SmallHttpServer.start(
                new SmallHttpServer.Port("health", "REDIS_ACCESS_HEALTH_PORT", port),
                limits,
                Map.of("/healthz", () -> answer(alive.get()), "/readyz", () -> answer(ready.get())));
    }

    private static HttpAnswer answer(List<String> wrong) {
        return wrong.isEmpty() ? new HttpAnswer(200, "ok\n") : new HttpAnswer(503, String.join("\n", wrong) + "\n");
    }
}
