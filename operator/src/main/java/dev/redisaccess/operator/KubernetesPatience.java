package dev.redisaccess.operator;

import io.fabric8.kubernetes.client.Config;
import java.time.Duration;

/**
 * How long the client waits for the API server. By itself (fabric8 7.6) it tries a failed call ten times more, at doubling
 * intervals, for over a minute. Renewing the Lease is such a call: a replica that is cut off would take itself for the leader
 * long after another one leads. And a pass would hold one of few threads. So a call is tried once more, for a connection that
 * was idle too long; all else is tried again by those who know what it is for.
 */
public final class KubernetesPatience {

    private static final Duration CALL = Duration.ofSeconds(5);
    private static final int RETRIES = 1;

    private KubernetesPatience() {}

    /** Sets it, and gives the same configuration back. */
    public static Config in(Config config) {
        config.setRequestTimeout(Math.toIntExact(CALL.toMillis()));
        config.setRequestRetryBackoffLimit(RETRIES);
        return config;
    }
}
