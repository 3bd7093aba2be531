package dev.redisaccess.systemtest.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.Endpoints;
import dev.redisaccess.launcher.Launch;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What each application goes through: its binding becomes Ready, it starts with what was published, works for longer than
 * a token lives, loses its access with the binding, and has it again with the next one, in one and the same process.
 */
record Story(LocalPlatform platform, Tenant tenant, String profiles) {
    /** The beginning of every token: {@code {"} in base64. */
    private static final String TOKEN = "eyJ";

    private static final String ACCOUNT = "orders";
    private static final String BINDING = "cache";

    /** Long enough for clients that renew at 70 % of the life on a machine that is busy. */
    static final Duration TOKEN_LIFETIME = Duration.ofSeconds(12);

    /** The connections on which health is requested. Redis closes one when its token ends, unless it was given another. */
    enum Connections {
        /** Always the same. */
        ONE {
            @Override
            void check(Map<Long, Duration> seen) {
                assertThat(seen).as("connections").hasSize(1);
            }
        },
        /** Several, of which at least one is used for longer than a token lives. */
        KEPT {
            @Override
            void check(Map<Long, Duration> seen) {
                assertThat(seen).as("for how long each connection was used").anySatisfy((id, used) -> assertThat(used)
                        .isGreaterThan(TOKEN_LIFETIME));
            }
        },
        /** Any: the client picks a shard, and may connect to it again. */
        ANY {
            @Override
            void check(Map<Long, Duration> seen) {
                assertThat(seen).as("connections").isNotEmpty();
            }
        };

        /** @param seen the time from the first to the last use of each connection */
        abstract void check(Map<Long, Duration> seen);
    }

    /**
     * @param command what starts the program
     * @param listening finds the port in what it prints
     * @param local what replaces Azure on this machine: where tokens come from, which CA is trusted
     * @param connections those of its client
     */
    record Program(List<String> command, Pattern listening, Map<String, String> local, Connections connections) {}

    void run(Program program) throws IOException {
        tenant.workload(ACCOUNT);
        tenant.registered();
        BindingView binding = bind();
        Path logs = platform.newDirectory("logs");
        Launch launch = new Launch(tenant.name(), program.command(), environment(binding, program.local()), true);
        try (RunningApplication application = RunningApplication.start(launch, logs, program.listening())) {
            try {
                runIn(application, binding, program.connections());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(e.getMessage() + "\n" + application.log(), e);
            }
        }
    }

    private void runIn(RunningApplication application, BindingView binding, Connections connections) {
        awaitHealthy(application);
        visitManyKeys(application, 1);
        connections.check(staysHealthy(application));

        binding.delete();
        binding.awaitGone();
        BindingView.patiently("the end of the access").untilAsserted(() -> {
            RunningApplication.Response health = application.get("/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.body().get("redis_connected").asBoolean()).isFalse();
        });

        bind();
        awaitHealthy(application);
        visitManyKeys(application, 2);
        assertThat(application.log()).doesNotContain(TOKEN);
    }

    private BindingView bind() {
        BindingView binding = tenant.bind(BINDING, ACCOUNT, "environment: {profiles: " + profiles + "}");
        binding.awaitReady();
        return binding;
    }

    private static void awaitHealthy(RunningApplication application) {
        BindingView.patiently("health")
                .untilAsserted(
                        () -> assertThat(application.get("/health").status()).isEqualTo(200));
        healthy(application.get("/health"));
    }

    private static long healthy(RunningApplication.Response health) {
        assertThat(health.status()).as("%s", health.body()).isEqualTo(200);
        assertThat(health.body().get("redis_connected").asBoolean()).isTrue();
        assertThat(health.body().get("redis_auth_method").asText()).isEqualTo("Entra ID token");
        return health.body().get("redis_connection_id").asLong();
    }

    /** Enough keys that each of several shards has some. */
    private static void visitManyKeys(RunningApplication application, int visits) {
        IntStream.range(0, 12).forEach(page -> {
            RunningApplication.Response response = application.post("/visits/page-" + page);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body().get("visits").asInt()).isEqualTo(visits);
        });
    }

    /** Each connection, with the time from its first to its last use. */
    private static Map<Long, Duration> staysHealthy(RunningApplication application) {
        long start = System.nanoTime();
        Map<Long, Duration> first = new HashMap<>();
        Map<Long, Duration> used = new HashMap<>();
        BindingView.patiently("health for longer than a token lives")
                .pollInterval(Duration.ofMillis(500))
                .during(TOKEN_LIFETIME.multipliedBy(3).dividedBy(2))
                .until(() -> {
                    long connection = healthy(application.get("/health"));
                    Duration now = Duration.ofNanos(System.nanoTime() - start);
                    used.put(connection, now.minus(first.computeIfAbsent(connection, id -> now)));
                    return true;
                });
        return used;
    }

    /** What the pod gets: the ConfigMap by envFrom, and what the workload identity webhook adds. */
    private Map<String, String> environment(BindingView binding, Map<String, String> local) throws IOException {
        Endpoints azure = platform.azure().endpoints();
        Path token = platform.newDirectory("token").resolve("azure-identity-token");
        Files.writeString(token, tenant.federatedToken(ACCOUNT));
        Map<String, String> environment =
                new LinkedHashMap<>(binding.configMap(BINDING).orElseThrow().getData());
        environment.put("AZURE_TENANT_ID", azure.tenantId());
        environment.put("AZURE_AUTHORITY_HOST", azure.authority());
        environment.put("AZURE_FEDERATED_TOKEN_FILE", token.toString());
        environment.putAll(local);
        return environment;
    }
}
