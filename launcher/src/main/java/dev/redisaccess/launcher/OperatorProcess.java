package dev.redisaccess.launcher;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operator in a process of its own. The quickstart, the system tests, the benchmark and the image all start it here. */
public final class OperatorProcess implements AutoCloseable {

    /** As the operator logs it. */
    private static final Pattern HEALTH = Pattern.compile("The health server listens on port (\\d+)");

    private final ChildProcess process;
    private final Instant began;
    private final String podName;
    private volatile URI health;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private OperatorProcess(ChildProcess process, Instant began, String podName) {
        this.process = process;
        this.began = began;
        this.podName = podName;
    }

    /**
     * Starts the operator and does not wait. Its log files are {@code operator.log} and {@code operator.err.log}.
     *
     * @param environment of {@link OperatorEnvironment}, and where the Kubernetes API is
     */
    public static OperatorProcess start(Programs programs, JavaProgram program, Map<String, String> environment) {
        Instant began = Instant.now();
        ChildProcess process = programs.start(Launch.of("operator", program, environment));
        return new OperatorProcess(process, began, environment.get("POD_NAME"));
    }

    /** The process, with its logs and its signals. */
    public ChildProcess process() {
        return process;
    }

    public long pid() {
        return process.pid();
    }

    /** When it was started. */
    public Instant began() {
        return began;
    }

    /** Whether its readiness endpoint answers 200: every informer has synced. Its log must have the level {@code info}. */
    public boolean isWatching() {
        if (health == null && !findHealth()) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(health.resolve("/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    private boolean findHealth() {
        process.lines().stream()
                .map(HEALTH::matcher)
                .filter(Matcher::find)
                .findFirst()
                .ifPresent(found -> health = URI.create("http://127.0.0.1:" + found.group(1)));
        return health != null;
    }

    /** Whether its pod holds the Lease: from then on it reconciles. */
    public boolean isLeading(KubernetesClient client) {
        return client.leases().inNamespace(OperatorEnvironment.NAMESPACE).list().getItems().stream()
                .anyMatch(this::holds);
    }

    private boolean holds(Lease lease) {
        return lease.getSpec() != null && podName.equals(lease.getSpec().getHolderIdentity());
    }

    /** Ends it: SIGTERM, as the kubelet sends it first, and SIGKILL after five seconds. */
    @Override
    public void close() {
        process.close();
    }

    /** Ends it with another limit before SIGKILL: for a process that writes something at its end. */
    public void close(Duration patience) {
        process.close(patience);
    }
}
