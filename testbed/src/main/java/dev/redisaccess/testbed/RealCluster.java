package dev.redisaccess.testbed;

import static io.fabric8.kubeapitest.KubeAPIServerConfigBuilder.anAPIServerConfig;

import dev.redisaccess.launcher.OperatorEnvironment;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * kube-apiserver and etcd from {@code KUBEBUILDER_ASSETS}. The operator comes as its ServiceAccount, so that priority and
 * fairness treat it as in production; its requests are read from the audit log.
 */
final class RealCluster implements Cluster {

    private static final String ISSUER = "https://issuer.redisaccess.example/cluster";
    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)-.+");
    private static final long TOKEN_SECONDS = 86_400;

    private final KubeAPIServer server;
    private final String version;
    private final KubernetesClient client;
    private final Map<String, String> operatorEnvironment;
    private final AuditLog audit;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RealCluster(KubeAPIServer server, String version, Path directory) throws IOException {
        this.server = server;
        this.version = version;
        this.client = Clients.of(server.getKubeConfigYaml());
        this.operatorEnvironment = operatorEnvironment(directory);
        this.audit = new AuditLog(directory.resolve("audit.log"));
    }

    /** @throws TestbedFailure when the binaries are not there */
    static RealCluster start(Path directory) throws IOException {
        Path assets = assets();
        Matcher matcher = VERSION.matcher(String.valueOf(assets.getFileName()));
        if (!matcher.matches()) {
            throw new TestbedFailure("`KUBEBUILDER_ASSETS` must name a folder such as `k8s/1.36.3-linux-amd64`.");
        }
        Path home = Files.createDirectories(directory.resolve("kubernetes"));
        // kube-api-test expects this layout, and writes its keys next to it.
        Path k8s = Files.createDirectories(home.resolve("k8s"));
        Files.createSymbolicLink(k8s.resolve(matcher.group()), assets);
        Path policy =
                Files.writeString(directory.resolve("audit-policy.yaml"), AuditLog.policy(OperatorEnvironment.SUBJECT));
        KubeAPIServer server = new KubeAPIServer(anAPIServerConfig()
                .withTestDir(home.toString())
                .withApiServerVersion(matcher.group(1))
                .withOfflineMode(true)
                .withApiServerFlag("--service-account-issuer", ISSUER)
                .withApiServerFlag("--audit-policy-file", policy.toString())
                .withApiServerFlag(
                        "--audit-log-path", directory.resolve("audit.log").toString())
                // In megabytes: it must not be rotated while it is read.
                .withApiServerFlag("--audit-log-maxsize", "10000")
                .build());
        server.start();
        // A run that is interrupted leaves no processes behind.
        RealCluster cluster = new RealCluster(server, matcher.group(1), directory);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "stop-api-server"));
        return cluster;
    }

    private static Path assets() {
        String folder = System.getenv("KUBEBUILDER_ASSETS");
        if (folder == null || folder.isBlank()) {
            throw new TestbedFailure(
                    "`--api real` requires `KUBEBUILDER_ASSETS`, the folder with kube-apiserver and etcd"
                            + " (`setup-envtest use -p path` prints one). `--api mock` does not.");
        }
        return Path.of(folder).toAbsolutePath().normalize();
    }

    /** The operator's: everything is allowed, because permissions are not what is measured. */
    private Map<String, String> operatorEnvironment(Path directory) throws IOException {
        Objects objects = new Objects(client);
        objects.operatorAccount();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("operator-under-measurement")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject(
                                "",
                                "ServiceAccount",
                                OperatorEnvironment.SERVICE_ACCOUNT,
                                OperatorEnvironment.NAMESPACE)
                        .build())
                .create();
        String token = client.serviceAccounts()
                .inNamespace(OperatorEnvironment.NAMESPACE)
                .withName(OperatorEnvironment.SERVICE_ACCOUNT)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(TOKEN_SECONDS)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        Config administrator = Config.fromKubeconfig(server.getKubeConfigYaml());
        return Cluster.asInAPod(
                URI.create(administrator.getMasterUrl()),
                Files.writeString(directory.resolve("kubernetes.token"), token),
                Path.of(administrator.getCaCertFile()));
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String issuer() {
        return ISSUER;
    }

    @Override
    public Map<String, String> operatorEnvironment() {
        return operatorEnvironment;
    }

    @Override
    public ApiCalls calls() {
        try {
            audit.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return audit.calls();
    }

    /** A call is in the log before its response; a little time lets those end that are under way. */
    @Override
    public void settle() {
        Waiting.pause(Duration.ofMillis(200));
    }

    @Override
    public String description() {
        return "kube-apiserver " + version + " with etcd, on the same machine";
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        client.close();
        server.stop();
    }
}
