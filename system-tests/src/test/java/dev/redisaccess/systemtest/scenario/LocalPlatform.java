package dev.redisaccess.systemtest.scenario;

import dev.redisaccess.emulator.Emulator;
import dev.redisaccess.emulator.Endpoints;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.kubernetes.ApiFaults;
import dev.redisaccess.kubernetes.EmbeddedKubernetes;
import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.OperatorEnvironment;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.launcher.Programs;
import dev.redisaccess.operator.OperatorRuntime;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.config.OperatorConfig;
import dev.redisaccess.operator.kubernetes.KubernetesConnection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.lettuce.core.resource.ClientResources;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Kubernetes API, an Azure and the operator, started once per test class and all in this process. Tests use it with a
 * {@link Tenant} each, so that those of one class can run in parallel.
 */
public final class LocalPlatform implements BeforeAllCallback, AfterAllCallback {

    static final String SUBSCRIPTION = UUID.randomUUID().toString();
    private static final String SYSTEM = OperatorEnvironment.NAMESPACE;
    private static final String ACCOUNT = OperatorEnvironment.SERVICE_ACCOUNT;

    /** The operator's client reads only the kinds that the operator uses. */
    private static final KubernetesSerialization ALL_KINDS = new KubernetesSerialization();

    /** Identifies the operator's installation in Azure. */
    public static final String OWNER_ID = "scenario-tests";

    private static final OwnerMark MARK = OwnerMark.of(OWNER_ID);

    /** The User-Agent of the operator's client. */
    public static final String AGENT = "redis-access-operator";

    private final OperatorIdentity identity = OperatorIdentity.random();
    private final KubernetesTraffic traffic = new KubernetesTraffic();

    private final String timing;
    private final String azureMore;
    private final Map<String, String> options;
    private Path directory;
    private EmbeddedKubernetes kubernetes;
    private KubernetesClient client;
    private Emulator azure;
    private OperatorRuntime operator;
    private final AtomicInteger lost = new AtomicInteger();
    private Supplier<ClientResources.Builder> redis = ClientResources::builder;

    public LocalPlatform() {
        this("fast", "", Map.of());
    }

    private LocalPlatform(String timing, String azureMore, Map<String, String> options) {
        this.timing = timing;
        this.azureMore = azureMore;
        this.options = options;
    }

    /** One whose Entra gives tokens for Redis that live for this time, in whole seconds, and not for a day. */
    public static LocalPlatform withRedisTokens(Duration lifetime) {
        return new LocalPlatform("fast", "redisTokenLifetimeSeconds: " + lifetime.toSeconds(), Map.of());
    }

    /**
     * One with an Azure of other durations, and an operator with more options.
     *
     * @param timing as the emulator's configuration has it
     * @param azureMore more lines of that configuration, or empty text; {@code KUBERNETES} in it is the URL of the API
     */
    public static LocalPlatform of(String timing, String azureMore, Map<String, String> options) {
        return new LocalPlatform(timing, azureMore, options);
    }

    /** One with a token proxy, whose permissions are those of the API. */
    public static LocalPlatform withTokenProxy(Map<String, String> options) {
        return of("fast", "tokenProxy: {kubernetes: {server: \"KUBERNETES\"}}", options);
    }

    /** Whose operator's Redis client is built on other resources, such as a DNS of its own. */
    public LocalPlatform redisClient(Supplier<ClientResources.Builder> resources) {
        redis = resources;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start();
    }

    void start() throws Exception {
        startWithoutOperator(timing);
        startOperator();
    }

    /** @param durations how long Azure takes: fast or recorded */
    public void startWithoutOperator(String durations) throws Exception {
        directory = Files.createTempDirectory("scenario");
        kubernetes = EmbeddedKubernetes.start(0, Clock.systemUTC());
        client = newClient(new KubernetesTraffic(), "test");
        applyDefinition("/crds/redisdatabases.redisaccess.dev-v1.yml");
        applyDefinition("/crds/redisaccessreports.redisaccess.dev-v1.yml");
        applyDefinition("/crds/redisaccessbindings.redisaccess.dev-v1.yml");
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(SYSTEM));
        apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: %s, namespace: %s}
                """.formatted(ACCOUNT, SYSTEM));
        Files.writeString(directory.resolve("token"), operatorToken());
        azure = Emulator.start(
                ConfigFile.parse(identity.azure(
                        durations,
                        azureMore.replace("KUBERNETES", kubernetes.url().toString()),
                        kubernetes.url())),
                directory.resolve("azure"));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close();
    }

    void close() throws IOException {
        stopOperator();
        closeWithoutOperator();
    }

    public void closeWithoutOperator() throws IOException {
        azure.close();
        client.close();
        kubernetes.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    /** Begins as a pod that replaces another of the same name, which holds the Lease already. */
    public void startOperator() throws IOException {
        operator = OperatorRuntime.create(
                OperatorConfig.from(environment("scenario")),
                () -> newClient(traffic, AGENT),
                lost::incrementAndGet,
                redis.get());
        operator.start();
    }

    public void stopOperator() {
        operator.close();
    }

    /** The environment of the operator's pod. */
    private Map<String, String> environment(String pod) {
        Endpoints endpoints = azure.endpoints();
        Map<String, String> environment = new OperatorEnvironment(
                        new OperatorEnvironment.Azure(
                                endpoints.arm(), endpoints.authority(), Path.of(endpoints.caFile())),
                        new OperatorEnvironment.Identity(
                                identity.tenantId(), identity.clientId(), directory.resolve("token")))
                .of(pod);
        environment.put("REDIS_ACCESS_OWNER_ID", OWNER_ID);
        Optional.ofNullable(endpoints.tokenProxy())
                .ifPresent(proxy -> environment.putAll(Map.of(
                        "AZURE_KUBERNETES_TOKEN_PROXY", proxy.url(),
                        "AZURE_KUBERNETES_SNI_NAME", proxy.serverName(),
                        "AZURE_KUBERNETES_CA_FILE", proxy.caFile())));
        environment.putAll(options);
        return environment;
    }

    /**
     * Starts the operator in a process of its own, which takes signals, and does not wait. At DEBUG: its logs are
     * searched for tokens.
     */
    public OperatorProcess startProcess(String pod) {
        return startProcess(pod, Map.of("REDIS_ACCESS_LOG_LEVEL", "debug"));
    }

    /**
     * Starts the operator in a process of its own, with more options, and does not wait.
     *
     * @param pod its name: two processes of one name hold the Lease as one, like a container that was restarted
     */
    public OperatorProcess startProcess(String pod, Map<String, String> more) {
        Path logs = newDirectory(pod + "-");
        Map<String, String> environment = environment(pod);
        environment.put("KUBECONFIG", logs.resolve("kubeconfig").toString());
        environment.putAll(more);
        try {
            Files.writeString(logs.resolve("kubeconfig"), kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JavaProgram program = JavaProgram.small(operatorClassPath(), "dev.redisaccess.operator.Main");
        return OperatorProcess.start(new Programs(logs), program, environment);
    }

    /** Without this module, because its configuration of the log is not the operator's. */
    private static String operatorClassPath() {
        String own = Path.of("system-tests", "target").toString();
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains(own))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A client like the operator's, whose requests are recorded. */
    KubernetesClient newClient(KubernetesTraffic recorder) {
        return newClient(recorder, AGENT);
    }

    private KubernetesClient newClient(KubernetesTraffic recorder, String agent) {
        Config config = Config.fromKubeconfig(kubernetes.kubeconfig());
        config.setUserAgent(agent);
        return KubernetesConnection.builder(config)
                .withHttpClientBuilderConsumer(
                        (HttpClient.Builder builder) -> builder.addOrReplaceInterceptor("traffic", recorder))
                .build();
    }

    private String operatorToken() {
        return federatedToken(SYSTEM, ACCOUNT);
    }

    /** What kubelet projects into a pod of the ServiceAccount for the exchange at Entra. */
    String federatedToken(String namespace, String account) {
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(OperatorEnvironment.AUDIENCE)
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    private void applyDefinition(String resource) throws IOException {
        try (InputStream in = LocalPlatform.class.getResourceAsStream(resource)) {
            apply(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Server-side apply of one object, as kubectl does it. */
    public HasMetadata apply(String yaml) {
        HasMetadata object = ALL_KINDS.unmarshal(yaml);
        return client.resource(object).fieldManager("scenario").forceConflicts().serverSideApply();
    }

    /** A namespace of Kubernetes with a resource group of Azure, with nothing in them. */
    public Tenant tenant(String name) {
        return new Tenant(this, name, SUBSCRIPTION);
    }

    /** The same, in a subscription of its own. */
    public Tenant tenantApart(String name) {
        return new Tenant(this, name, UUID.randomUUID().toString());
    }

    public KubernetesClient client() {
        return client;
    }

    /** The Azure side's truth, its faults and its log. */
    public Emulator azure() {
        return azure;
    }

    /** The requests to ARM below a path: method, path and status. */
    List<RequestLog.Entry> armRequests(String path) {
        return azure.requestLog().entries().stream()
                .filter(entry -> entry.service().equals("arm"))
                .filter(entry -> entry.path().toLowerCase(Locale.ROOT).startsWith(path.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** How often an operator lost its Lease; in a cluster its process ends then. */
    public int leasesLost() {
        return lost.get();
    }

    public ApiFaults kubernetesFaults() {
        return kubernetes.faults();
    }

    /** The operator's requests to Kubernetes. */
    public KubernetesTraffic traffic() {
        return traffic;
    }

    /** The name of the assignment that the operator creates for a principal. */
    public static String assignmentName(String objectId) {
        return MARK.assignmentName(ObjectId.parse(objectId).orElseThrow());
    }

    /** The name that another installation gives, whose owner ID is another. */
    public static String assignmentNameOf(String ownerId, String objectId) {
        return OwnerMark.of(ownerId).assignmentName(ObjectId.parse(objectId).orElseThrow());
    }

    /** The client ID of the operator's own identity. */
    public String operatorClientId() {
        return identity.clientId();
    }

    String operatorObjectId() {
        return identity.objectId();
    }

    public String kubeconfig() {
        return kubernetes.kubeconfig();
    }

    public Path directory() {
        return directory;
    }

    /** A new empty directory below the platform's. */
    public Path newDirectory(String prefix) {
        try {
            return Files.createTempDirectory(directory, prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
