package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.api.RedisAccessBinding;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shipped program, as the chart's ServiceAccount, with the chart's permissions and no others. */
@OnApiServer
class OperatorLifecycleTest {

    private static final String NAME = OperatorStage.NAME;

    private final ApiServer api;
    private OperatorStage stage;

    OperatorLifecycleTest(ApiServer api) {
        this.api = api;
    }

    @AfterEach
    void tearDown() {
        stage.close();
    }

    @Test
    void grantsVerifiesPublishesAndRevokes() {
        stage = new OperatorStage(api);
        UnpackagedOperator operator = stage.startOperator("operator-0");

        stage.bind(NAME);
        stage.awaitReady(NAME);

        assertThat(stage.grantedInAzure()).containsExactly(OperatorStage.WORKLOAD_OBJECT);
        assertThat(configMap().getData()).containsEntry("REDIS_USERNAME", OperatorStage.WORKLOAD_OBJECT);
        assertThat(configMap().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getName()).isEqualTo(NAME));
        assertThat(api.kubectl().run("get", "rab", NAME, "-n", stage.shop)).contains("True", "Ready");
        assertThat(api.kubectl().run("get", "events", "-n", stage.shop)).contains("redisaccessbinding/" + NAME);

        api.kubectl().run("delete", "rab", NAME, "-n", stage.shop, "--timeout=60s");

        assertThat(stage.grantedInAzure()).isEmpty();
        // The controller-manager's garbage collection.
        await().atMost(OperatorStage.PATIENCE).until(() -> configMap() == null);
        assertThat(operator.log()).doesNotContain("Forbidden", "forbidden", "ERROR");
    }

    @Test
    void writesNothingAfterARestart() {
        stage = new OperatorStage(api);
        UnpackagedOperator operator = stage.startOperator("operator-0");
        stage.bind(NAME);
        stage.awaitReady(NAME);
        assertThat(operator.terminate()).isIn(0, 143);
        RedisAccessBinding before = stage.binding(NAME).get();
        long writes = stage.writesToAzure();

        UnpackagedOperator next = stage.startOperator("operator-1");
        api.kubectl().run("annotate", "sa", "orders", "-n", stage.shop, "example.com/touched=1");
        await().atMost(OperatorStage.PATIENCE).until(() -> api.kubectl()
                .run("get", "lease", "-n", stage.chart().namespace(), "-o", "jsonpath={..holderIdentity}")
                .contains("operator-1"));
        stage.bind("second");
        stage.awaitReady("second");

        assertThat(stage.binding(NAME).get().getMetadata().getResourceVersion())
                .isEqualTo(before.getMetadata().getResourceVersion());
        assertThat(stage.writesToAzure()).isEqualTo(writes);
        assertThat(next.log()).doesNotContain("ERROR");
        api.kubectl().run("delete", "rab", "second", "-n", stage.shop, "--timeout=60s");
        assertThat(stage.grantedInAzure())
                .as("the first binding still needs it")
                .isNotEmpty();
    }

    @Test
    void reportsTheMissingRuleAndContinuesOnceItExists() {
        stage = new OperatorStage(
                api,
                "tokenRequests.scope=ServiceAccounts",
                "tokenRequests.serviceAccounts[0].namespace=default",
                "tokenRequests.serviceAccounts[0].name=another");
        stage.startOperator("operator-0");
        stage.bind(NAME);

        stage.awaitCondition(NAME, "IdentityResolved", "False", "TokenRequestForbidden");

        assertThat(stage.condition(NAME, "IdentityResolved").orElseThrow().getMessage())
                .contains("serviceaccounts/token", "create");
        stage.chart()
                .upgrade(
                        "azure.clientId=00000000-0000-0000-0000-0000000000aa",
                        "tokenRequests.scope=Namespaces",
                        "tokenRequests.namespaces={" + stage.shop + "}");
        stage.awaitReady(NAME);
    }

    @Test
    void revokesWhatWasDeletedWithItsNamespaceWhileItWasDown() {
        stage = new OperatorStage(api);
        UnpackagedOperator operator = stage.startOperator("operator-0");
        stage.bind(NAME);
        stage.awaitReady(NAME);
        operator.kill();

        api.kubectl().run("delete", "namespace", stage.shop, "--wait=false");
        await().atMost(OperatorStage.PATIENCE)
                .until(() -> stage.binding(NAME).get().isMarkedForDeletion());
        assertThat(stage.grantedInAzure()).isNotEmpty();

        stage.startOperator("operator-1");

        await().atMost(OperatorStage.PATIENCE.multipliedBy(2))
                .until(() -> api.client().namespaces().withName(stage.shop).get() == null);
        assertThat(stage.grantedInAzure()).isEmpty();
    }

    /** Helm and GitOps tools create the new object, and delete the old one a moment later. */
    @Test
    void aBindingThatGetsAnotherNameKeepsItsAssignment() {
        stage = new OperatorStage(api);
        stage.startOperator("operator-0");
        stage.bind(NAME);
        stage.awaitReady(NAME);
        long writes = stage.writesToAzure();

        stage.bind("renamed");
        stage.binding(NAME).delete();
        stage.awaitReady("renamed");
        await().atMost(OperatorStage.PATIENCE).until(() -> stage.binding(NAME).get() == null);

        assertThat(stage.writesToAzure()).isEqualTo(writes);
        assertThat(stage.grantedInAzure()).isNotEmpty();
    }

    @Test
    void aSecondOperatorTakesOverAndNothingIsDoneTwice() {
        stage = new OperatorStage(api, "replicas=0");
        UnpackagedOperator leader = stage.startOperator("operator-0");
        stage.bind(NAME);
        stage.awaitReady(NAME);
        UnpackagedOperator standby = stage.startOperator("operator-1");
        long writes = stage.writesToAzure();
        assertThat(writes).as("one assignment, one PUT").isEqualTo(1);

        leader.kill();
        stage.bind("second");
        stage.awaitReady("second");

        assertThat(stage.writesToAzure())
                .as("the same identity, granted already")
                .isEqualTo(writes);
        assertThat(standby.log()).doesNotContain("ERROR");
        api.kubectl().run("delete", "rab", "second", "-n", stage.shop, "--timeout=60s");
    }

    @Test
    void servesOnlyTheWatchedNamespaces() {
        String elsewhere = api.newNamespace();
        stage = new OperatorStage(api, "watchNamespaces={" + elsewhere + "}", "tokenRequests.scope=Namespaces");
        UnpackagedOperator operator = stage.startOperator("operator-0", "REDIS_ACCESS_WATCH_NAMESPACES=" + elsewhere);
        stage.bind(NAME);
        api.kubectl().runWith("""
                        apiVersion: redisaccess.dev/v1alpha1
                        kind: RedisAccessBinding
                        metadata: {name: watched}
                        spec: {databaseRef: {name: %s}, serviceAccountName: orders}
                        """.formatted(stage.shop), "apply", "-n", elsewhere, "-f", "-");

        api.kubectl()
                .run(
                        "wait",
                        "-n",
                        elsewhere,
                        "rab/watched",
                        "--for=jsonpath={.status.conditions[?(@.type=='Ready')].reason}=NamespaceNotAllowed",
                        "--timeout=60s");

        assertThat(stage.condition(NAME, "Ready")).hasValueSatisfying(condition -> assertThat(condition.getReason())
                .isEqualTo("NotAttempted"));
        assertThat(operator.log()).doesNotContain("forbidden", "ERROR");
        api.kubectl().run("delete", "rab", "watched", "-n", elsewhere, "--timeout=60s");
    }

    @Test
    void keepsWorkingWhenTheCrdsAreUpgraded() {
        stage = new OperatorStage(api);
        stage.startOperator("operator-0");
        stage.bind(NAME);
        stage.awaitReady(NAME);

        // What a next version does: one more optional field, and another description.
        api.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("redisaccessbindings.redisaccess.dev")
                .edit(crd -> {
                    crd.getSpec()
                            .getVersions()
                            .get(0)
                            .getSchema()
                            .getOpenAPIV3Schema()
                            .getProperties()
                            .get("spec")
                            .getProperties()
                            .put("note", Specimens.stringSchema(64));
                    return crd;
                });
        try {
            stage.bind("second");
            stage.awaitReady("second");
            stage.awaitReady(NAME);
            api.kubectl().run("delete", "rab", "second", NAME, "-n", stage.shop, "--timeout=60s");
        } finally {
            api.kubectl()
                    .run(
                            "apply",
                            "--server-side",
                            "--force-conflicts",
                            "-f",
                            Repository.file("crds").toString());
        }
    }

    private ConfigMap configMap() {
        return api.client().configMaps().inNamespace(stage.shop).withName(NAME).get();
    }
}
