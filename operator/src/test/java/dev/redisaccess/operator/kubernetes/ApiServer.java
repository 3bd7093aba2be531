package dev.redisaccess.operator.kubernetes;

import static io.fabric8.kubeapitest.KubeAPIServerConfigBuilder.anAPIServerConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A running control plane with the project's CRDs: etcd, kube-apiserver and kube-controller-manager, no node. */
public final class ApiServer implements AutoCloseable {

    /** The issuer of its ServiceAccount tokens; the keys are at {@code /openid/v1/jwks}. */
    static final String ISSUER = "https://issuer.redisaccess.example/cluster";

    private final Path home;
    private final Assets assets;
    private final KubeAPIServer server;
    private final Process controllers;
    private final KubernetesClient client;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ApiServer(Path home, Assets assets, KubeAPIServer server, Process controllers) {
        this.home = home;
        this.assets = assets;
        this.server = server;
        this.controllers = controllers;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                .build();
    }

    static ApiServer start(Assets assets) {
        try {
            Path home = Files.createTempDirectory("api-server");
            assets.linkInto(home);
            KubeAPIServer server = new KubeAPIServer(anAPIServerConfig()
                    .withTestDir(home.toString())
                    .withApiServerVersion(assets.version())
                    .withOfflineMode(true)
                    .withApiServerFlag("--service-account-issuer", ISSUER)
                    // On by default where clusters are shared (OpenShift): what may be written there may be written
                    // anywhere.
                    .withApiServerFlag("--enable-admission-plugins", "OwnerReferencesPermissionEnforcement")
                    .build());
            server.start();
            Files.writeString(kubeconfig(home), server.getKubeConfigYaml());
            ApiServer api = new ApiServer(home, assets, server, controllers(assets, home));
            // A run that is interrupted leaves no processes behind either.
            Runtime.getRuntime().addShutdownHook(new Thread(api::close, "stop-api-server"));
            api.kubectl()
                    .run("apply", "--server-side", "-f", Repository.file("crds").toString());
            api.kubectl().run("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Garbage collection, deletion of namespaces, aggregation of roles and the like. */
    private static Process controllers(Assets assets, Path home) throws IOException {
        return new ProcessBuilder(
                        assets.binary("kube-controller-manager").toString(),
                        "--kubeconfig=" + kubeconfig(home),
                        "--service-account-private-key-file=" + home.resolve("apiserver.key"),
                        "--use-service-account-credentials=true",
                        "--leader-elect=false",
                        "--bind-address=127.0.0.1",
                        "--secure-port=0")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("kube-controller-manager.log").toFile())
                .start();
    }

    /** An administrator's client. */
    public KubernetesClient client() {
        return client;
    }

    /** An administrator's kubectl. */
    public Tool kubectl() {
        return tool(assets.binary("kubectl"));
    }

    /** RBAC takes effect some moments after a role is bound: waits until the user may do what {@code kubectl auth can-i} names. */
    public void awaitPermission(String user, String... action) {
        String[] question = Stream.of(
                        Stream.of("auth", "can-i"),
                        Stream.of(action),
                        Stream.of("--as", user, "--as-group", "system:authenticated"))
                .flatMap(words -> words)
                .toArray(String[]::new);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(kubectl().call("", question).text()).contains("yes"));
    }

    /** An administrator's helm, from the folder of the binaries or the PATH. */
    Tool helm() {
        return tool(Chart.findHelm().orElseThrow(() -> new IllegalStateException("`helm` is not available.")));
    }

    private Tool tool(Path binary) {
        return new Tool(
                binary, Map.of("KUBECONFIG", kubeconfig(home).toString(), "HOME", home.toString(), "LC_ALL", "C"));
    }

    String url() {
        return client.getConfiguration().getMasterUrl();
    }

    /** The authority of its certificate. */
    Path caFile() {
        var configuration = client.getConfiguration();
        try {
            return configuration.getCaCertFile() == null
                    ? Files.write(home.resolve("ca.pem"), Base64.getDecoder().decode(configuration.getCaCertData()))
                    : Path.of(configuration.getCaCertFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new namespace, so that tests do not interfere. */
    public String newNamespace() {
        return client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("test-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    private static Path kubeconfig(Path home) {
        return home.resolve("kubeconfig");
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        client.close();
        controllers.destroyForcibly();
        server.stop();
    }
}
