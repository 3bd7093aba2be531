package dev.redisaccess.operator.kubernetes.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.kubernetes.ApiServer;
import dev.redisaccess.operator.kubernetes.InstalledChart;
import dev.redisaccess.operator.kubernetes.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A user of kubectl that the API server identifies by name only.
 *
 * @param kubectl an administrator's, which may impersonate
 * @param user the name by which RBAC and the policies identify the user
 * @param namespace of commands that name no other
 */
record Attacker(Tool kubectl, String user, String namespace) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A user with the cluster's role {@code edit} in one namespace. */
    static Attacker editor(ApiServer api, String namespace) {
        return bound(api, "editor-of-" + namespace, namespace, "clusterrole=edit");
    }

    /** A user with every verb on every resource of one namespace. */
    static Attacker owner(ApiServer api, String namespace) {
        api.kubectl().runWith("""
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: Role
                        metadata: {name: everything}
                        rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
                        """, "apply", "-n", namespace, "-f", "-");
        return bound(api, "owner-of-" + namespace, namespace, "role=everything");
    }

    /** A user with a role that may at least create ConfigMaps. */
    static Attacker bound(ApiServer api, String user, String namespace, String role) {
        api.kubectl().run("create", "rolebinding", user, "--" + role, "--user=" + user, "-n", namespace);
        api.awaitPermission(user, "create", "configmaps", "-n", namespace);
        return new Attacker(api.kubectl(), user, namespace);
    }

    /** The operator's own ServiceAccount, with the chart's permissions. */
    static Attacker operator(ApiServer api, InstalledChart chart, String namespace) {
        return new Attacker(api.kubectl(), chart.operatorUser(), namespace);
    }

    Tool.Run call(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--as", user, "--as-group", "system:authenticated"));
        all.addAll(List.of("-n", namespace));
        all.addAll(List.of(arguments));
        return kubectl.call(input, all.toArray(String[]::new));
    }

    /** Must succeed. */
    void succeeds(String input, String... arguments) {
        Tool.Run run = call(input, arguments);
        assertThat(run.succeeded()).as(run.text()).isTrue();
    }

    /** Must be refused with that sentence. */
    void isRefused(String sentence, String input, String... arguments) {
        Tool.Run run = call(input, arguments);
        assertThat(run.succeeded()).as(run.text()).isFalse();
        assertThat(run.text()).contains(sentence);
    }

    /** A policy takes effect some moments after it was created. Use a dry run. */
    void awaitRefusal(String sentence, String input, String... arguments) {
        await().atMost(PATIENCE).untilAsserted(() -> isRefused(sentence, input, arguments));
    }
}
