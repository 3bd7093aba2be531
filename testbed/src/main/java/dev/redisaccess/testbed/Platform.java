package dev.redisaccess.benchmark.stage;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Everything that a scenario takes place on, opened together and closed in the reverse order. */
public final class Platform implements AutoCloseable {

    private static final String SYSTEM = "redis-access-system";
    private static final String ACCOUNT = "redis-access-operator";

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
                new Azure.Issuer(cluster.issuer(), cluster.keys(), "system:serviceaccount:" + SYSTEM + ":" + ACCOUNT),
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
                        case mock -> EmbeddedCluster.start(SYSTEM, ACCOUNT);
                        case real -> RealCluster.start(directory, SYSTEM, ACCOUNT);
                    };
            return new Platform(setup, directory, cluster);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeOperatorToken() {
        String token = cluster.client()
                .serviceAccounts()
                .inNamespace(SYSTEM)
                .withName(ACCOUNT)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences("api://AzureADTokenExchange")
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
    public OperatorProcess startOperator(OperatorProcess.Program program) {
        OperatorProcess operator = launch(program);
        // In this order, or the API server is asked all the while, and what is measured waits for a processor.
        operator.await("the operator to lead and to watch", () -> operator.isWatching() && leads(operator));
        return operator;
    }

    /** Starts an operator, without waiting for anything. */
    public OperatorProcess launch(OperatorProcess.Program program) {
        String pod = "operator-" + pods++;
        return OperatorProcess.start(program, pod, environment(), directory);
    }

    /** Whether this operator holds the Lease. */
    public boolean leads(OperatorProcess operator) {
        return cluster.client().leases().inNamespace(SYSTEM).list().getItems().stream()
                .anyMatch(lease -> isHeldBy(lease, operator.podName()));
    }

    private static boolean isHeldBy(Lease lease, String podName) {
        return lease.getSpec() != null
                && lease.getSpec().getHolderIdentity() != null
                && lease.getSpec().getHolderIdentity().contains(podName);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(Shipped.read().environment());
        environment.putAll(cluster.operatorEnvironment());
        environment.put("AZURE_AUTHORITY_HOST", azure.emulator().endpoints().authority());
        environment.put("AZURE_TENANT_ID", azure.tenantId());
        environment.put("AZURE_CLIENT_ID", azure.operatorClientId());
        environment.put("AZURE_FEDERATED_TOKEN_FILE", tokenFile().toString());
        environment.put(
                "REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT",
                azure.emulator().endpoints().arm());
        environment.put("REDIS_ACCESS_CA_BUNDLE", azure.emulator().endpoints().caFile());
        environment.put("POD_NAMESPACE", SYSTEM);
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

    /** What the operator asked of Azure. */
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
