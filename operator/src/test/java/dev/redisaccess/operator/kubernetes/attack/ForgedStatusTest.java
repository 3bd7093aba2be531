package dev.redisaccess.operator.kubernetes.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.kubernetes.ApiServer;
import dev.redisaccess.operator.kubernetes.OnApiServer;
import dev.redisaccess.operator.kubernetes.OperatorStage;
import dev.redisaccess.operator.kubernetes.UnpackagedOperator;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A tenant forges the status of its bindings, on a cluster without the policies that prevent it: no request of
 * the operator to Azure depends on it.
 */
@OnApiServer
class ForgedStatusTest {

    private static final String STRANGER = "00000000-0000-0000-0000-0000000000ee";
    private static final String GHOST = "00000000-0000-0000-0000-0000000000dd";
    private static final Duration BOUND = Duration.ofMinutes(2);

    private final ApiServer api;
    private OperatorStage stage;
    private UnpackagedOperator operator;

    ForgedStatusTest(ApiServer api) {
        this.api = api;
    }

    @BeforeEach
    void start() {
        stage = new OperatorStage(api, "admissionPolicies.enabled=false");
        operator = stage.startOperator("operator-0");
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    /** Forged while no operator runs, so that the next one reads it first. */
    @Test
    void deletesNoAssignmentOfAnotherOwner() {
        stage.assignAsAnotherClient(STRANGER, STRANGER);
        Attacker tenant = Attacker.owner(api, api.newNamespace());
        tenant.succeeds(binding("forged", "orders"), "create", "-f", "-");
        awaitFinalizer(tenant, "forged");
        operator.terminate();

        tenant.succeeds("", forge("forged", STRANGER));
        tenant.succeeds("", "delete", "rab", "forged", "--wait=false");
        stage.startOperator("operator-1");

        await().atMost(BOUND)
                .until(() -> !tenant.call("", "get", "rab", "-o", "name").text().contains("forged"));
        assertThat(stage.grantedInAzure()).containsExactly(STRANGER);
        assertThat(stage.changesInAzure()).isEmpty();
    }

    @ParameterizedTest(name = "with a restart: {0}")
    @ValueSource(booleans = {false, true})
    void grantsNothingToAnIdentityThatNoServiceAccountCanBecome(boolean restart) {
        Attacker tenant = Attacker.owner(api, stage.shop);
        tenant.succeeds(binding(OperatorStage.NAME, "ghost"), "create", "-f", "-");
        stage.awaitCondition(OperatorStage.NAME, "IdentityResolved", "False", "ServiceAccountNotFound");
        if (restart) {
            operator.terminate();
        }

        tenant.succeeds("", forge(OperatorStage.NAME, STRANGER));
        stage.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: ghost, namespace: %s, annotations: {azure.workload.identity/client-id: %s}}
                """.formatted(stage.shop, GHOST));
        if (restart) {
            stage.startOperator("operator-1");
        }

        await().atMost(BOUND)
                .until(() -> isUnresolvable() || !stage.changesInAzure().isEmpty());
        assertThat(stage.changesInAzure()).isEmpty();
        assertThat(stage.grantedInAzure()).isEmpty();
    }

    /** A request was sent to Entra, and refused. */
    private boolean isUnresolvable() {
        return stage.condition(OperatorStage.NAME, "IdentityResolved")
                .filter(condition -> condition.getStatus().equals("False"))
                .filter(condition -> !condition.getReason().equals("ServiceAccountNotFound"))
                .isPresent();
    }

    @Test
    void aForgedPeerInANamespaceThatIsNotAdmittedKeepsNoAccess() {
        keepsNoAccess(api.newNamespace());
    }

    @Test
    void aForgedPeerWithoutAServiceAccountKeepsNoAccess() {
        keepsNoAccess(stage.shop);
    }

    private void keepsNoAccess(String namespace) {
        stage.bind(OperatorStage.NAME);
        stage.awaitReady(OperatorStage.NAME);
        Attacker tenant = Attacker.owner(api, namespace);
        tenant.succeeds(binding("peer", "ghost"), "create", "-f", "-");
        awaitFinalizer(tenant, "peer");
        operator.terminate();

        tenant.succeeds("", forge("peer", OperatorStage.WORKLOAD_OBJECT));
        api.kubectl().run("delete", "rab", OperatorStage.NAME, "-n", stage.shop, "--wait=false");
        stage.startOperator("operator-1");

        await().atMost(BOUND).until(() -> stage.grantedInAzure().isEmpty());
        tenant.succeeds("", "delete", "rab", "peer", "--timeout=60s");
    }

    private String binding(String name, String serviceAccount) {
        return """
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessBinding
                metadata: {name: %s}
                spec: {databaseRef: {name: %s}, serviceAccountName: %s}
                """.formatted(name, stage.shop, serviceAccount);
    }

    private static void awaitFinalizer(Attacker tenant, String name) {
        await().atMost(OperatorStage.PATIENCE)
                .until(() -> tenant.call("", "get", "rab", name, "-o", "jsonpath={.metadata.finalizers}")
                        .text()
                        .contains("redisaccess.dev/access"));
    }

    /** A status that claims the access as this binding's own. */
    private static String[] forge(String name, String objectId) {
        StringBuilder conditions = new StringBuilder();
        for (String type :
                new String[] {"DatabaseResolved", "IdentityResolved", "AccessGranted", "ConnectionVerified", "Ready"}) {
            conditions.append("""
                    {type: %s, status: "True", reason: %s, message: "", observedGeneration: 1,
                     lastTransitionTime: "2026-01-01T00:00:00Z"},
                    """.formatted(type, "Ready".equals(type) ? "Ready" : "Forged"));
        }
        String status = """
                status:
                  observedGeneration: 1
                  identity: {clientId: %s, objectId: %s, tenantId: 00000000-0000-0000-0000-0000000000ff}
                  assignment: {name: "%s", origin: Created, provisioningState: Succeeded}
                  conditions: [%s]
                """.formatted(GHOST, objectId, objectId, conditions);
        return new String[] {"patch", "rab", name, "--subresource=status", "--type=merge", "-p", status};
    }
}
