package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pod's last log line says, and how its container ended, when the cluster does not let the operator start. */
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

    @Test
    void namesTheKindThatIsMissing() {
        api.kubectl().run("delete", "crd", "redisdatabases.redisaccess.dev", "--timeout=60s");
        try {
            OperatorProcess operator = stage.startOperator("operator-0");

            assertThat(operator.exitCode()).as(operator.log()).isEqualTo(3);
            assertThat(lastLine(operator))
                    .contains("The operator could not start. The API server has no redisdatabases.redisaccess.dev");
        } finally {
            api.kubectl()
                    .run("apply", "--server-side", "-f", Repository.file("crds").toString());
            api.kubectl().run("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
        }
    }

    @Test
    void namesThePermissionThatIsMissing() {
        api.kubectl().run("delete", "clusterrolebinding", stage.chart().namespace() + "-cluster");

        OperatorProcess operator = stage.startOperator("operator-0");

        assertThat(operator.exitCode()).as(operator.log()).isEqualTo(4);
        assertThat(lastLine(operator)).contains("A permission is missing: ", "redisdatabases", "at the cluster scope");
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

        OperatorProcess operator = stage.startOperator("operator-0");

        assertThat(operator.exitCode()).as(operator.log()).isEqualTo(4);
        assertThat(lastLine(operator))
                .contains("A permission is missing: No permission to lease resource", "missing required verbs");
    }

    @Test
    void namesTheServerThatDoesNotAnswer(@TempDir Path home) throws IOException {
        Path nowhere = Files.writeString(home.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: operator, user: {token: "none"}}]
                contexts: [{name: test, context: {cluster: test, user: operator}}]
                current-context: test
                """);

        OperatorProcess operator =
                stage.startOperator("operator-0", "KUBECONFIG=" + nowhere, "KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT=1");

        assertThat(operator.exitCode()).as(operator.log()).isEqualTo(5);
        assertThat(lastLine(operator)).contains("The API server could not be reached");
    }

    private static String lastLine(OperatorProcess operator) {
        return operator.log().lines().reduce((before, line) -> line).orElseThrow();
    }
}
