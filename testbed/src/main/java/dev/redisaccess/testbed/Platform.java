package dev.redisaccess.testbed;

import dev.redisaccess.emulator.Endpoints;
import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.OperatorEnvironment;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.launcher.Programs;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The platform of a scenario, opened together and closed in the reverse order. */
public final class Platform implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final int TAIL = 20;

    /** Longer than any run. */
    private static final long TOKEN_SECONDS = 86_400;

    private final Setup setup;
    private final Path directory;
    private final Cluster cluster;
    private final Azure azure;
    private final AzureCalls azureCalls = new AzureCalls();
    private final ReadyTimes readyTimes;
    private final Population population;
    private int pods;

    private Platform(Setup setup, Path directory, Cluster cluster) {
        this.setup = setup;
        this.directory = directory;
        this.cluster = cluster;
        Objects objects = new Objects(cluster.client());
        objects.definitions();
        this.azure = Azure.start(
                setup.pace(),
                new Azure.Issuer(cluster.issuer(), cluster.keys(), OperatorEnvironment.SUBJECT),
                directory);
        azure.listen(entry -> azureCalls.add(AzureCall.of(entry)));
        this.readyTimes = new ReadyTimes(cluster.client());
        this.population = new Population(setup, objects, azure, readyTimes);
        writeOperatorToken();
    }

    /** Starts the API server and Azure. There is no operator yet. */
    public static Platform open(Setup setup) {
        try {
            Path directory = Files.createTempDirectory("redis-access-benchmark-");
            Cluster cluster =
                    switch (setup.api()) {
                        case mock -> EmbeddedCluster.start();
                        case real -> RealCluster.start(directory);
                    };
            return new Platform(setup, directory, cluster);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeOperatorToken() {
        String token = cluster.client()
                .serviceAccounts()
                .inNamespace(OperatorEnvironment.NAMESPACE)
                .withName(OperatorEnvironment.SERVICE_ACCOUNT)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(OperatorEnvironment.AUDIENCE)
                        .withExpirationSeconds(TOKEN_SECONDS)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        try {
            Files.writeString(tokenFile(), token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path tokenFile() {
        return directory.resolve("operator.token");
    }

    /** Starts an operator and waits until it leads and watches. */
    public OperatorProcess startOperator(JavaProgram program) {
        OperatorProcess operator = launch(program);
        // In this order, or the API server is called all the time, and the measured process waits for a processor.
        Waiting.of(START, Duration.ofMillis(20)).until("the operator to lead and to watch", () -> {
            requireAlive(operator);
            return operator.isWatching() && operator.isLeading(cluster.client());
        });
        return operator;
    }

    /** @throws TestbedFailure with the end of its log, if it has ended */
    public static void requireAlive(OperatorProcess operator) {
        if (!operator.process().isAlive()) {
            throw new TestbedFailure("The operator has ended: "
                    + String.join("\n", operator.process().tail(TAIL).lines()));
        }
    }

    /** Starts an operator, without waiting for anything. */
    public OperatorProcess launch(JavaProgram program) {
        String pod = "operator-" + pods++;
        try {
            Path logs = Files.createDirectory(directory.resolve(pod));
            return OperatorProcess.start(new Programs(logs), program, environment(pod));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment(String pod) {
        Map<String, String> environment = new LinkedHashMap<>(Shipped.read().environment());
        environment.putAll(cluster.operatorEnvironment());
        Endpoints endpoints = azure.emulator().endpoints();
        environment.putAll(new OperatorEnvironment(
                        new OperatorEnvironment.Azure(
                                endpoints.arm(), endpoints.authority(), Path.of(endpoints.caFile())),
                        new OperatorEnvironment.Identity(azure.tenantId(), azure.operatorClientId(), tokenFile()))
                .of(pod));
        return environment;
    }

    public Setup setup() {
        return setup;
    }

    /** Where all its files are, until it is closed. */
    public Path directory() {
        return directory;
    }

    public Cluster cluster() {
        return cluster;
    }

    public Azure azure() {
        return azure;
    }

    /** The operator's requests to Azure. */
    public AzureCalls azureCalls() {
        return azureCalls;
    }

    public ReadyTimes readyTimes() {
        return readyTimes;
    }

    public Population population() {
        return population;
    }

    /** Writes to the API server from a moment on, the Lease's left out. */
    public long writesSince(Instant from) {
        cluster.settle();
        return cluster.calls().count(from, ApiCall::isWrite);
    }

    @Override
    public void close() {
        readyTimes.close();
        azure.close();
        cluster.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Platform::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
