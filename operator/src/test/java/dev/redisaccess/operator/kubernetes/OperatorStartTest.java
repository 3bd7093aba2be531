package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.kubernetes.InstalledChart.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pod's last log line and its container's exit code, when the cluster does not let the operator start. */
@OnApiServer
class OperatorStartTest {

    private final ApiServer api;
    private OperatorStage stage;

    OperatorStartTest(ApiServer api) {
        this.api = api;
    }

    @BeforeEach
    void install() {
        stage = new OperatorStage(api);
    }

    @AfterEach
    void tearDown() {
        stage.close();
    }

    /** On a server of its own: objects of other tests would delay the removal of the definition, or be removed with it. */
    @Test
    void namesTheKindThatIsMissing() {
        try (ApiServer own = ApiServer.start(Assets.fromEnvironment().orElseThrow());
                OperatorStage withoutKind = new OperatorStage(own)) {
            own.kubectl().run("delete", "crd", "redisdatabases.redisaccess.dev", "--timeout=60s");

            UnpackagedOperator operator = withoutKind.startOperator("operator-0");

            assertThat(operator.exitCode()).as(operator.log()).isEqualTo(3);
            assertThat(lastLine(operator))
                    .contains("The operator could not start. The API server has no redisdatabases.redisaccess.dev");
        }
    }

    static Stream<Rule> readRules() {
        return Stream.of(
                new Rule("cluster", "redisdatabases"),
                new Rule("cluster", "namespaces"),
                new Rule("bindings", "redisaccessbindings"),
                new Rule("bindings", "serviceaccounts"),
                new Rule("bindings", "configmaps"));
    }

    /** It has no data of what it may not watch: bindings would be judged by half of the objects. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("readRules")
    void namesThePermissionThatIsMissing(Rule rule) {
        try (InstalledChart.Without without = stage.chart().without(rule)) {
            UnpackagedOperator operator = stage.startOperator("operator-0");

            assertThat(operator.exitCode()).as(operator.log()).isEqualTo(4);
            assertThat(lastLine(operator))
                    .contains("A permission is missing: ", "\"helm upgrade\" brings them back")
                    // The first that is requested: of namespaces that is kube-system, for the UID of the cluster.
                    .containsPattern("cannot (list|get) resource \"" + rule.resource() + "\"");
        }
    }

    @Test
    void namesThePermissionOnTheLeaseThatIsMissing() {
        api.kubectl()
                .run(
                        "delete",
                        "rolebinding",
                        stage.chart().namespace() + "-lease",
                        "-n",
                        stage.chart().namespace());

        UnpackagedOperator operator = stage.startOperator("operator-0");

        assertThat(operator.exitCode()).as(operator.log()).isEqualTo(4);
        assertThat(lastLine(operator))
                .contains("A permission is missing: No permission to lease resource", "missing required verbs");
    }

    @Test
    void namesTheServerThatDoesNotRespond(@TempDir Path home) throws IOException {
        Path nowhere = Files.writeString(home.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: operator, user: {token: "none"}}]
                contexts: [{name: test, context: {cluster: test, user: operator}}]
                current-context: test
                """);

        UnpackagedOperator operator =
                stage.startOperator("operator-0", "KUBECONFIG=" + nowhere, "KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT=1");

        assertThat(operator.exitCode()).as(operator.log()).isEqualTo(5);
        assertThat(lastLine(operator)).contains("The API server could not be reached");
    }

    private static String lastLine(UnpackagedOperator operator) {
        return operator.log().lines().reduce((before, line) -> line).orElseThrow();
    }
}
