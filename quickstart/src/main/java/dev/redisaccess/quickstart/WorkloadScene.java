package dev.redisaccess.quickstart;

import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.Launch;
import dev.redisaccess.launcher.TrustStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The steps in which the workload uses the published environment, and is later refused. */
final class WorkloadScene {
    private static final Duration LOGIN = Duration.ofSeconds(30);
    private static final Duration REFUSAL = Duration.ofSeconds(30);
    private static final Duration RENEWAL = SampleTokens.LIFETIME.plusSeconds(20);
    /** Redis may close a connection a moment after the end of its token. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Stage stage;
    private final Platform platform;
    private final Progress progress;
    private WorkloadProgram workload;
    private long connection;

    WorkloadScene(Stage stage, Platform platform, Progress progress) {
        this.stage = stage;
        this.platform = platform;
        this.progress = progress;
    }

    void use(String configMap) {
        long before = System.nanoTime();
        progress.step("login", "the workload starts", () -> {
            Map<String, String> published = published(configMap);
            start(published);
            connection = workload.connection().orElseThrow(() -> workload.failure("expected a connection to Redis"));
            return "user " + published.get("REDIS_USERNAME") + ", connection " + connection;
        });
        progress.step("write and read", "", () -> {
            int visits = workload.visit();
            if (visits < 1 || workload.visit() != visits + 1) {
                throw workload.failure("expected the counter visits:home to grow by one");
            }
            return "counter visits:home from " + visits + " to " + (visits + 1);
        });
        progress.sum(
                "workload used Redis",
                "login, write and read with the pod's environment alone",
                Progress.since(before));
        renew();
    }

    private void renew() {
        long before = System.nanoTime();
        Instant firstEnd = workload.tokens().get(0);
        progress.step("token renewed", "its token lives " + SampleTokens.LIFETIME.toSeconds() + " s", () -> {
            workload.patience(RENEWAL)
                    .until("a second token", () -> present(workload.tokens().size() > 1));
            return "the next token was sent on the open connection";
        });
        progress.step("first token expired", "until " + firstEnd, () -> {
            workload.patience(RENEWAL)
                    .until(
                            "the end of the first token",
                            () -> present(Instant.now().isAfter(firstEnd.plus(MARGIN))));
            if (!workload.connection().equals(Optional.of(connection))) {
                throw workload.failure("expected connection " + connection + " to stay open");
            }
            return "the same connection still works (connection " + connection + ")";
        });
        progress.sum("token renewed", "one connection across the renewal", Progress.since(before));
    }

    private static Optional<Boolean> present(boolean holds) {
        return Optional.of(holds).filter(Boolean::booleanValue);
    }

    /** Redis closes the connection of a principal whose access ends; the workload's attempts to log in again are refused. */
    String refusal() {
        String error = workload.patience(REFUSAL).until("the next login to be refused", workload::refusal);
        if (!error.equals("WRONGPASS")) {
            throw workload.failure("expected WRONGPASS, but the login failed with " + error);
        }
        return error;
    }

    private Map<String, String> published(String configMap) {
        return stage.cluster()
                .client()
                .configMaps()
                .inNamespace(platform.workload().namespace())
                .withName(configMap)
                .get()
                .getData();
    }

    /** Starts it like a pod: the ConfigMap by {@code envFrom}, the additions of the workload identity webhook, and no more. */
    private void start(Map<String, String> published) {
        Map<String, String> environment = new LinkedHashMap<>(published);
        environment.put("AZURE_TENANT_ID", platform.tenantId());
        environment.put("AZURE_AUTHORITY_HOST", platform.endpoints().authority());
        environment.put(
                "AZURE_FEDERATED_TOKEN_FILE",
                stage.tokens().file(platform.workload()).toString());
        environment.put("PORT", "0");
        Path trustStore = stage.directory().resolve("trust.p12");
        JavaProgram program = JavaProgram.small(platform.workloadJar())
                .plus(TrustStore.flags(platform.endpoints().caFile(), trustStore));
        workload =
                new WorkloadProgram(stage.programs().start(Launch.isolated("workload", program, environment)), LOGIN);
    }
}
