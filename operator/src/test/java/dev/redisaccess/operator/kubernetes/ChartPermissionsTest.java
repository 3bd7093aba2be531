package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operator may do with the chart's permissions, and what it may not. */
@OnApiServer
class ChartPermissionsTest {

    private static final String ENTRA = "api://AzureADTokenExchange";
    private static final String CLIENT_ID = "azure.clientId=00000000-0000-0000-0000-0000000000aa";

    private static final List<String> WORK = List.of(
            "list redisaccessbindings.redisaccess.dev",
            "watch redisdatabases.redisaccess.dev",
            "patch redisaccessbindings.redisaccess.dev",
            "patch redisaccessbindings.redisaccess.dev --subresource=status",
            "patch redisdatabases.redisaccess.dev --subresource=status",
            "create configmaps",
            "patch configmaps",
            "list serviceaccounts",
            "create serviceaccounts --subresource=token",
            "list namespaces",
            "create events");

    private static final List<String> MORE = List.of(
            "get secrets",
            "list secrets",
            "create pods",
            "get pods",
            "create redisaccessbindings.redisaccess.dev",
            "delete redisaccessbindings.redisaccess.dev",
            "update redisaccessbindings.redisaccess.dev --subresource=finalizers",
            "update redisaccessbindings.redisaccess.dev --subresource=status",
            "deletecollection configmaps",
            "create redisdatabases.redisaccess.dev",
            "delete redisdatabases.redisaccess.dev",
            "patch serviceaccounts",
            "delete serviceaccounts",
            "create rolebindings.rbac.authorization.k8s.io",
            "escalate clusterroles.rbac.authorization.k8s.io",
            "impersonate users",
            "get leases.coordination.k8s.io",
            "patch namespaces",
            "patch customresourcedefinitions.apiextensions.k8s.io");

    private final ApiServer api;
    private final String shop;
    private final String other;
    private final InstalledChart installed;

    ChartPermissionsTest(ApiServer api) {
        this.api = api;
        this.shop = api.newNamespace();
        this.other = api.newNamespace();
        this.installed = new InstalledChart(api);
        serviceAccount(shop, "orders");
        serviceAccount(shop, "web");
        serviceAccount(other, "orders");
    }

    @AfterEach
    void remove() {
        installed.close();
    }

    @Test
    void mayDoItsWork() {
        installed.apply(CLIENT_ID);

        SoftAssertions.assertSoftly(
                softly -> WORK.forEach(action -> softly.assertThat(installed.mayOperator(action, shop))
                        .as(action)
                        .isTrue()));
    }

    @Test
    void mayDoNoMore() {
        installed.apply(CLIENT_ID);

        SoftAssertions.assertSoftly(
                softly -> MORE.forEach(action -> softly.assertThat(installed.mayOperator(action, shop))
                        .as(action)
                        .isFalse()));
    }

    @Test
    void mayHoldItsLeaseInItsOwnNamespaceOnly() {
        installed.apply(CLIENT_ID);

        for (String verb : List.of("get", "create", "update", "patch")) {
            assertThat(installed.mayOperator(verb + " leases.coordination.k8s.io", installed.namespace()))
                    .isTrue();
            assertThat(installed.mayOperator(verb + " leases.coordination.k8s.io", shop))
                    .isFalse();
        }
    }

    @Test
    void scopeClusterReachesEveryServiceAccount() {
        installed.apply(CLIENT_ID);

        assertThat(token(shop, "orders", ENTRA).getStatus().getToken()).isNotBlank();
        assertThat(token(other, "orders", ENTRA).getStatus().getToken()).isNotBlank();
    }

    @Test
    void scopeNamespacesReachesTheListedOnes() {
        installed.apply(CLIENT_ID, "tokenRequests.scope=Namespaces", "tokenRequests.namespaces={" + shop + "}");

        assertThat(token(shop, "web", ENTRA).getStatus().getToken()).isNotBlank();
        assertThat(refused(other, "orders", ENTRA)).contains("cannot create resource \"serviceaccounts/token\"");
    }

    @Test
    void scopeServiceAccountsReachesTheNamedOnes() {
        installed.apply(
                CLIENT_ID,
                "tokenRequests.scope=ServiceAccounts",
                "tokenRequests.serviceAccounts[0].namespace=" + shop,
                "tokenRequests.serviceAccounts[0].name=orders");

        assertThat(token(shop, "orders", ENTRA).getStatus().getToken()).isNotBlank();
        assertThat(refused(shop, "web", ENTRA)).contains("cannot create resource \"serviceaccounts/token\"");
        assertThat(refused(other, "orders", ENTRA)).contains("cannot create resource \"serviceaccounts/token\"");
    }

    @Test
    void watchedNamespacesLimitEverythingElseToo() {
        installed.apply(CLIENT_ID, "watchNamespaces={" + shop + "}", "tokenRequests.scope=Namespaces");

        for (String action :
                List.of("list redisaccessbindings.redisaccess.dev", "create configmaps", "list serviceaccounts")) {
            assertThat(installed.mayOperator(action, shop)).isTrue();
            assertThat(installed.mayOperator(action, other)).isFalse();
        }
        assertThat(installed.mayOperator("create events", "default")).isTrue();
        assertThat(installed.mayOperator("list redisdatabases.redisaccess.dev", shop))
                .isTrue();
    }

    @Test
    void aTokenForAnotherAudienceIsRefusedByThePolicy() {
        installed.apply(CLIENT_ID);
        installed.awaitAudiencePolicy(() -> refusal(shop, "orders", "https://kubernetes.default.svc") != null);

        String sentence =
                "must request tokens only for the audiences of the chart's value `tokenRequests.audiences`: " + ENTRA;
        assertThat(refused(shop, "orders", "https://kubernetes.default.svc")).contains(sentence);
        assertThat(refused(shop, "orders")).contains(sentence);
        assertThat(refused(shop, "orders", ENTRA, "https://another")).contains(sentence);
        assertThat(token(shop, "orders", ENTRA).getStatus().getToken()).isNotBlank();
    }

    @Test
    void thePolicyDoesNotApplyToOtherClients() {
        installed.apply(CLIENT_ID);
        installed.awaitAudiencePolicy(() -> refusal(shop, "orders", "https://another") != null);

        assertThat(api.client()
                        .serviceAccounts()
                        .inNamespace(shop)
                        .withName("orders")
                        .tokenRequest(request("https://another"))
                        .getStatus()
                        .getToken())
                .isNotBlank();
    }

    @Test
    void usersGetPermissionsWithTheirRoles() {
        installed.apply(CLIENT_ID);
        installed.awaitRoleOf("admin", rules -> rules.contains("redisdatabases"));

        assertThat(installed.mayPerson("view", "list redisaccessbindings.redisaccess.dev", shop))
                .isTrue();
        assertThat(installed.mayPerson("view", "create redisaccessbindings.redisaccess.dev", shop))
                .isFalse();
        assertThat(installed.mayPerson("edit", "create redisaccessbindings.redisaccess.dev", shop))
                .isTrue();
        assertThat(installed.mayPerson("edit", "list redisaccessbindings.redisaccess.dev", shop))
                .isTrue();
        assertThat(installed.mayPerson("edit", "create redisdatabases.redisaccess.dev", shop))
                .isFalse();
        assertThat(installed.mayPerson("admin", "create redisdatabases.redisaccess.dev", shop))
                .isTrue();
        for (String role : List.of("view", "edit", "admin")) {
            for (String kind : List.of("redisaccessbindings", "redisdatabases")) {
                for (String verb : List.of("update", "patch")) {
                    assertThat(installed.mayPerson(
                                    role, verb + " " + kind + ".redisaccess.dev --subresource=status", shop))
                            .as("%s: %s of the status of %s", role, verb, kind)
                            .isFalse();
                }
            }
        }
    }

    private TokenRequest token(String namespace, String name, String... audiences) {
        try (KubernetesClient operator = installed.asOperator()) {
            return operator.serviceAccounts()
                    .inNamespace(namespace)
                    .withName(name)
                    .tokenRequest(request(audiences));
        }
    }

    private String refused(String namespace, String name, String... audiences) {
        KubernetesClientException refusal = refusal(namespace, name, audiences);
        assertThat(refusal).as("a token was issued").isNotNull();
        assertThat(refusal.getCode()).isEqualTo(403);
        return refusal.getMessage();
    }

    private KubernetesClientException refusal(String namespace, String name, String... audiences) {
        return catchThrowableOfType(KubernetesClientException.class, () -> token(namespace, name, audiences));
    }

    private static TokenRequest request(String... audiences) {
        return new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(audiences)
                .withExpirationSeconds(600L)
                .endSpec()
                .build();
    }

    private void serviceAccount(String namespace, String name) {
        api.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
    }
}
