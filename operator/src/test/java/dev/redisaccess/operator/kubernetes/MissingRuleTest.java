package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.kubernetes.InstalledChart.Rule;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of the chart is removed while the operator runs. It names the rule, in the status where it still may write
 * one and in its log where not, and continues automatically when the rule is back.
 */
@OnApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissingRuleTest {

    private final ApiServer api;
    private OperatorStage stage;
    private UnpackagedOperator operator;

    MissingRuleTest(ApiServer api) {
        this.api = api;
    }

    @BeforeAll
    void install() {
        stage = new OperatorStage(api, "serviceBinding.enabled=true");
        operator = stage.startOperator("operator-0");
        stage.bind(OperatorStage.NAME);
        stage.awaitReady(OperatorStage.NAME);
    }

    @AfterAll
    void tearDown() {
        stage.close();
    }

    static Stream<Arguments> toldInTheStatus() {
        return Stream.of(
                Arguments.of(
                        new Rule("tokens", "serviceaccounts/token"),
                        "",
                        "IdentityResolved",
                        "TokenRequestForbidden",
                        "resources: [\"serviceaccounts/token\"]"),
                Arguments.of(
                        new Rule("bindings", "configmaps"),
                        "",
                        "EnvironmentPublished",
                        "PublishForbidden",
                        "resources: [\"configmaps\"]"),
                Arguments.of(
                        new Rule("bindings", "secrets"),
                        "environment: {serviceBinding: Enabled}",
                        "EnvironmentPublished",
                        "PublishForbidden",
                        "serviceBinding.enabled=true"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("toldInTheStatus")
    void namesTheRuleInTheStatus(Rule rule, String more, String condition, String reason, String named) {
        String name = rule.resource().replace('/', '-');
        try (InstalledChart.Without without = stage.chart().without(rule)) {
            stage.bind(name, more);

            stage.awaitCondition(name, condition, "False", reason);
            assertThat(stage.condition(name, condition).orElseThrow().getMessage())
                    .contains(named, stage.shop, "Kubernetes answered: ", "cannot ");
        }
        stage.awaitReady(name);
        stage.unbind(name);
    }

    static Stream<Arguments> toldInTheLog() {
        return Stream.of(
                Arguments.of(
                        new Rule("bindings", "redisaccessbindings"), "cannot patch resource \"redisaccessbindings\""),
                Arguments.of(
                        new Rule("bindings", "redisaccessbindings/status"),
                        "cannot patch resource \"redisaccessbindings/status\""),
                Arguments.of(new Rule("bindings", "events"), "cannot create resource \"events\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("toldInTheLog")
    void namesTheRuleInTheLogWhereItMayWriteNoStatus(Rule rule, String named) {
        String name = "without-" + rule.resource().replace('/', '-');
        int before = operator.log().length();
        try (InstalledChart.Without without = stage.chart().without(rule)) {
            stage.bind(name);

            await().atMost(OperatorStage.PATIENCE)
                    .until(() -> operator.log().substring(before).contains(named));
        }
        stage.awaitReady(name);
        stage.unbind(name);
    }

    @Test
    void namesTheRuleForDatabasesInTheLog() {
        String other = stage.shop + "-other";
        int before = operator.log().length();
        try (InstalledChart.Without without = stage.chart().without(new Rule("cluster", "redisdatabases/status"))) {
            stage.register(other);

            await().atMost(OperatorStage.PATIENCE).until(() -> operator.log()
                    .substring(before)
                    .contains("cannot patch resource \"redisdatabases/status\""));
        }
        api.kubectl().run("wait", "--for=condition=Ready", "redisdb/" + other, "--timeout=60s");
        api.kubectl().run("delete", "redisdb", other, "--timeout=60s");
    }
}
