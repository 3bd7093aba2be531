package dev.redisaccess.operator.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** The chart's objects on the server, without its pods: what is tested here runs with its permissions, not in it. */
public final class InstalledChart implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ApiServer api;
    private final String namespace;

    public InstalledChart(ApiServer api) {
        this.api = api;
        this.namespace = api.newNamespace();
    }

    /** The namespace of the release, which has its name too. */
    public String namespace() {
        return namespace;
    }

    /** Installs it with these values. */
    public void apply(String... values) {
        helm("install", values);
    }

    private void helm(String action, String... values) {
        List<String> arguments = new ArrayList<>(List.of(
                action,
                namespace,
                ChartReadme.CHART.toString(),
                "--namespace",
                namespace,
                "--set",
                "replicas=0,crds.install=false,fullnameOverride=" + namespace));
        for (String value : values) {
            arguments.addAll(List.of("--set", value));
        }
        api.helm().run(arguments.toArray(String[]::new));
    }

    /** Whether the operator may, in that namespace: {@code "create serviceaccounts --subresource=token"}. */
    boolean mayOperator(String action, String where) {
        return may(operatorUser(), action, where);
    }

    /** The user name of the operator's ServiceAccount. */
    public String operatorUser() {
        return "system:serviceaccount:" + namespace + ":" + namespace;
    }

    /** Whether a user with one of the cluster's own roles in the whole cluster may. */
    boolean mayPerson(String role, String action, String where) {
        String name = namespace + "-" + role;
        api.kubectl().run("create", "clusterrolebinding", name, "--clusterrole=" + role, "--user=" + name);
        try {
            api.awaitPermission(name, "get", "pods");
            return may(name, action, where);
        } finally {
            api.kubectl().run("delete", "clusterrolebinding", name);
        }
    }

    private boolean may(String user, String action, String where) {
        List<String> arguments = new ArrayList<>(List.of("auth", "can-i"));
        arguments.addAll(List.of(action.split(" ")));
        arguments.addAll(List.of("--as", user, "-n", where));
        // Groups are not implied by a name that is impersonated.
        arguments.addAll(List.of("--as-group", "system:authenticated"));
        String output = api.kubectl().call("", arguments.toArray(String[]::new)).text();
        List<String> lines = output.strip().lines().toList();
        return switch (lines.get(lines.size() - 1)) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new AssertionError(output);
        };
    }

    /** A client with a token of the operator's ServiceAccount, as its pod has. */
    KubernetesClient asOperator() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(server())
                        .withTrustCerts(true)
                        .withOauthToken(operatorToken())
                        .build())
                .build();
    }

    /** The same for a program. */
    Path operatorKubeconfig(Path file) {
        String kubeconfig = """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: operator, user: {token: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: operator, namespace: "%s"}}]
                current-context: test
                """.formatted(server(), operatorToken(), namespace);
        try {
            return Files.writeString(file, kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A rule of one of the chart's roles.
     *
     * @param role the end of the role's name
     * @param resource all rules of that role for this resource
     */
    record Rule(String role, String resource) {}

    /** Until it is closed, the operator lacks a rule; then helm brings it back, as the operator's message says. */
    Without without(Rule rule) {
        String role = namespace + "-" + rule.role();
        var roles = api.client().rbac().clusterRoles().withName(role);
        if (roles.get() != null) {
            roles.edit(found -> {
                found.getRules().removeIf(one -> one.getResources().contains(rule.resource()));
                return found;
            });
        } else {
            api.client().rbac().roles().inNamespace(namespace).withName(role).edit(found -> {
                found.getRules().removeIf(one -> one.getResources().contains(rule.resource()));
                return found;
            });
        }
        return () ->
                api.helm().run("upgrade", namespace, ChartReadme.CHART.toString(), "-n", namespace, "--reuse-values");
    }

    /** Closed without an exception. */
    interface Without extends AutoCloseable {
        @Override
        void close();
    }

    private String server() {
        return api.client().getConfiguration().getMasterUrl();
    }

    private String operatorToken() {
        return api.kubectl().run("create", "token", namespace, "-n", namespace).strip();
    }

    /** Changes values of what is installed. */
    public void upgrade(String... values) {
        helm("upgrade", values);
    }

    /** An admission policy takes effect some moments after it was made. */
    void awaitAudiencePolicy(Callable<Boolean> refuses) {
        await().atMost(PATIENCE).until(refuses);
    }

    /** Aggregation is also a controller's work. */
    void awaitRoleOf(String role, Predicate<String> complete) {
        await().atMost(PATIENCE)
                .until(() -> complete.test(api.kubectl().run("get", "clusterrole", role, "-o", "yaml")));
    }

    @Override
    public void close() {
        api.helm().call("", "uninstall", namespace, "-n", namespace);
    }
}
