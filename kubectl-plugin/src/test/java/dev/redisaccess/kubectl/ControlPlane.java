package dev.redisaccess.kubectl;

import static io.fabric8.kubeapitest.KubeAPIServerConfigBuilder.anAPIServerConfig;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** etcd, kube-apiserver and kube-controller-manager from {@code KUBEBUILDER_ASSETS}, with the project's CRDs. */
final class ControlPlane implements AutoCloseable {

    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)-.+");
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));

    private final Path home;
    private final Path assets;
    private final KubeAPIServer server;
    private final Process controllers;
    private final KubernetesClient client;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ControlPlane(Path home, Path assets, KubeAPIServer server, Process controllers) {
        this.home = home;
        this.assets = assets;
        this.server = server;
        this.controllers = controllers;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                .build();
    }

    static ControlPlane start() throws IOException {
        Path home = Files.createTempDirectory("control-plane");
        Path assets =
                Path.of(System.getenv("KUBEBUILDER_ASSETS")).toAbsolutePath().normalize();
        Matcher version = VERSION.matcher(assets.getFileName().toString());
        if (!version.matches()) {
            throw new IllegalStateException("KUBEBUILDER_ASSETS must name a folder such as k8s/1.36.3-linux-amd64.");
        }
        // kube-api-test expects this layout, and writes its keys next to it.
        Path k8s = Files.createDirectories(home.resolve("k8s"));
        Files.createSymbolicLink(k8s.resolve(assets.getFileName()), assets);
        KubeAPIServer server = new KubeAPIServer(anAPIServerConfig()
                .withTestDir(home.toString())
                .withApiServerVersion(version.group(1))
                .withOfflineMode(true)
                .build());
        server.start();
        Path administrator = Files.writeString(home.resolve("kubeconfig"), server.getKubeConfigYaml());
        // It aggregates the chart's roles into those of Kubernetes.
        Process controllers = new ProcessBuilder(
                        assets.resolve("kube-controller-manager").toString(),
                        "--kubeconfig=" + administrator,
                        "--use-service-account-credentials=false",
                        "--leader-elect=false",
                        "--bind-address=127.0.0.1",
                        "--secure-port=0",
                        "--controllers=clusterrole-aggregation-controller")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("controllers.log").toFile())
                .start();
        ControlPlane api = new ControlPlane(home, assets, server, controllers);
        Runtime.getRuntime().addShutdownHook(new Thread(api::close, "stop-api-server"));
        api.kubectl("apply", "--server-side", "-f", ROOT.resolve("crds").toString());
        api.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
        return api;
    }

    KubernetesClient client() {
        return client;
    }

    /** Renders the chart, and applies what it has for people. */
    void applyRolesOfTheChart() {
        Path rendered = home.resolve("roles.yaml");
        Path helm = assets.resolve("helm");
        finish(
                List.of(
                        Files.isExecutable(helm) ? helm.toString() : "helm",
                        "template",
                        "redis-access-operator",
                        ROOT.resolve("helm/redis-access-operator").toString(),
                        "--set",
                        "azure.clientId=00000000-0000-0000-0000-0000000000aa",
                        "--kube-version",
                        client.getKubernetesVersion().getGitVersion(),
                        "--show-only",
                        "templates/roles-for-people.yaml"),
                rendered);
        kubectl("apply", "-f", rendered.toString());
    }

    void apply(String yaml) {
        try {
            kubectl(
                    "apply",
                    "-f",
                    Files.writeString(home.resolve("objects.yaml"), yaml).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it as an administrator, and fails with its output unless it succeeds. */
    String kubectl(String... arguments) {
        Path output = home.resolve("kubectl.out");
        finish(command(arguments), output);
        return text(output);
    }

    boolean succeeds(String... arguments) {
        return exitCode(command(arguments), home.resolve("kubectl.out")) == 0;
    }

    /** Writes a kubeconfig with a token of the ServiceAccount, and a current context in that namespace. */
    void kubeconfigOf(String namespace, String account, String current, Path file) {
        var administrator = client.getConfiguration();
        try {
            Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: test, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                    users: [{name: person, user: {token: "%s"}}]
                    contexts: [{name: test, context: {cluster: test, user: person, namespace: "%s"}}]
                    current-context: test
                    """.formatted(
                            administrator.getMasterUrl(),
                            kubectl("create", "token", account, "-n", namespace).strip(),
                            current));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(assets.resolve("kubectl").toString(), "--kubeconfig=" + home.resolve("kubeconfig")));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void finish(List<String> command, Path output) {
        int code = exitCode(command, output);
        if (code != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + code + ":\n" + text(output));
        }
    }

    private static int exitCode(List<String> command, Path output) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
