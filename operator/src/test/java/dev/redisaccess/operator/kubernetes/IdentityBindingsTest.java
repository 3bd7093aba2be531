package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.RedisAccessBinding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster with a token proxy: no identity has a federated credential for a ServiceAccount, nor has the operator's own. */
@OnApiServer
class IdentityBindingsTest {

    private static final String NAME = OperatorStage.NAME;

    /** A verification is due each minute, and a refusal counts when it is confirmed. */
    private static final Duration NEXT_VERIFICATION = Duration.ofMinutes(4);

    private static final String[] VALUES = {"identityBindings.enabled=true", "azure.credential=identity-binding"};

    private final ApiServer api;
    private OperatorStage stage;

    IdentityBindingsTest(ApiServer api) {
        this.api = api;
    }

    @AfterEach
    void tearDown() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void thePermissionOfTheMessageIsEnoughAndItsRemovalIsReported() {
        stage = new OperatorStage(api, Federation.IDENTITY_BINDING, VALUES);
        UnpackagedOperator operator = stage.startOperator("operator-0");

        stage.bind(NAME, "federation: IdentityBinding");
        stage.awaitCondition(NAME, "IdentityResolved", "False", "IdentityBindingNotAuthorized");
        assertThat(stage.grantedInAzure()).isEmpty();
        String manifest = manifest(NAME);

        api.kubectl().runWith(manifest, "apply", "-f", "-");
        stage.awaitReady(NAME);
        stage.bind("auto");
        stage.awaitReady("auto");
        assertThat(stage.grantedInAzure()).containsExactly(OperatorStage.WORKLOAD_OBJECT);
        assertThat(message("auto")).contains("`IdentityBinding`");
        assertThat(stage.binding("auto").get().getStatus().identity().federation())
                .isEqualTo(Federation.IDENTITY_BINDING);

        api.kubectl().runWith(manifest, "delete", "-f", "-");
        for (String binding : List.of(NAME, "auto")) {
            await().atMost(NEXT_VERIFICATION)
                    .untilAsserted(() -> assertThat(reason(binding)).isEqualTo("IdentityBindingNotAuthorized"));
            assertThat(manifest(binding)).isEqualTo(manifest);
        }

        api.kubectl().runWith(manifest, "apply", "-f", "-");
        stage.awaitReady(NAME);
        stage.awaitReady("auto");
        api.kubectl().runWith(manifest, "delete", "-f", "-");
        stage.unbind("auto");
        assertThat(operator.log()).doesNotContain("ERROR");
    }

    @Test
    void twentyFiveServiceAccountsOfFiveNamespacesShareOneIdentity() {
        stage = new OperatorStage(api, Federation.IDENTITY_BINDING, VALUES);
        stage.startOperator("operator-0");
        List<String> namespaces = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            namespaces.add(api.newNamespace());
        }
        stage.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: use-mi-%1$s}
                rules: [{apiGroups: [cid.wi.aks.azure.com], resources: ["%2$s"], verbs: [use-managed-identity]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: use-mi-%1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: use-mi-%1$s}
                subjects: [%3$s]
                """.formatted(
                        stage.shop,
                        OperatorStage.WORKLOAD_CLIENT,
                        String.join(
                                ", ",
                                namespaces.stream()
                                        .map(one -> "{apiGroup: rbac.authorization.k8s.io, kind: Group, name:"
                                                + " \"system:serviceaccounts:" + one + "\"}")
                                        .toList())));
        api.kubectl()
                .run(
                        "patch",
                        "redisdb",
                        stage.shop,
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"allowedNamespaces\":{\"names\":[\"" + String.join("\",\"", namespaces)
                                + "\"]}}}");
        for (String namespace : namespaces) {
            for (int i = 0; i < 5; i++) {
                stage.apply("""
                        apiVersion: v1
                        kind: ServiceAccount
                        metadata: {name: orders-%1$d, namespace: %2$s, annotations: {azure.workload.identity/client-id: %3$s}}
                        ---
                        apiVersion: redisaccess.dev/v1alpha1
                        kind: RedisAccessBinding
                        metadata: {name: orders-%1$d, namespace: %2$s}
                        spec: {databaseRef: {name: %4$s}, serviceAccountName: orders-%1$d}
                        """.formatted(i, namespace, OperatorStage.WORKLOAD_CLIENT, stage.shop));
            }
        }

        for (String namespace : namespaces) {
            api.kubectl().run("wait", "rab", "--all", "-n", namespace, "--for=condition=Ready", "--timeout=120s");
        }
        assertThat(stage.grantedInAzure()).containsExactly(OperatorStage.WORKLOAD_OBJECT);
        assertThat(api.client()
                        .resources(RedisAccessBinding.class)
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .filteredOn(binding -> namespaces.contains(binding.getMetadata().getNamespace()))
                .hasSize(25)
                .allSatisfy(binding ->
                        assertThat(binding.getStatus().identity().federation()).isEqualTo(Federation.IDENTITY_BINDING));

        for (String namespace : namespaces) {
            api.kubectl().run("delete", "rab", "--all", "-n", namespace, "--timeout=60s");
        }
        assertThat(stage.grantedInAzure()).isEmpty();
        api.kubectl().run("delete", "clusterrole,clusterrolebinding", "use-mi-" + stage.shop);
    }

    @Test
    void aTokenForTheTokenProxyIsRefusedWhereItIsNotConfigured() {
        try (InstalledChart chart = new InstalledChart(api)) {
            chart.apply("azure.clientId=00000000-0000-0000-0000-0000000000aa");
            String namespace = api.newNamespace();
            api.kubectl().run("create", "serviceaccount", "orders", "-n", namespace);
            try (KubernetesClient operator = chart.asOperator()) {
                chart.awaitAudiencePolicy(() -> !isIssued(operator, namespace, Federation.IDENTITY_BINDING));
                assertThat(isIssued(operator, namespace, Federation.DIRECT)).isTrue();
                assertThatThrownBy(() -> request(operator, namespace, Federation.IDENTITY_BINDING))
                        .hasMessageContaining("`tokenRequests.audiences`: api://AzureADTokenExchange.");

                chart.upgrade("azure.clientId=00000000-0000-0000-0000-0000000000aa", VALUES[0], VALUES[1]);
                await().atMost(OperatorStage.PATIENCE)
                        .until(() -> isIssued(operator, namespace, Federation.IDENTITY_BINDING));
                assertThat(isIssued(operator, namespace, Federation.DIRECT)).isTrue();
            }
        }
    }

    private static boolean isIssued(KubernetesClient operator, String namespace, Federation federation) {
        try {
            request(operator, namespace, federation);
            return true;
        } catch (KubernetesClientException refused) {
            return false;
        }
    }

    private static void request(KubernetesClient operator, String namespace, Federation federation) {
        operator.serviceAccounts()
                .inNamespace(namespace)
                .withName("orders")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(federation.audience())
                        .withExpirationSeconds(600L)
                        .endSpec()
                        .build());
    }

    /** What the message says to apply. */
    private String manifest(String binding) {
        return message(binding).replaceAll("(?s).*?`(\\{apiVersion: v1, kind: List.*})`.*", "$1");
    }

    private String message(String binding) {
        return stage.condition(binding, "IdentityResolved")
                .map(Condition::getMessage)
                .orElseThrow();
    }

    private String reason(String binding) {
        return stage.condition(binding, "IdentityResolved")
                .map(Condition::getReason)
                .orElse("");
    }
}
