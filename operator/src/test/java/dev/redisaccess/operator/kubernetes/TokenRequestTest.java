package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.entra.EntraSettings;
import dev.redisaccess.operator.entra.FederatedWorkloadTokens;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a real API server returns for the operator's TokenRequest. */
@OnApiServer
class TokenRequestTest {

    private final ApiServer api;
    private final String namespace;

    TokenRequestTest(ApiServer api) {
        this.api = api;
        this.namespace = api.newNamespace();
    }

    @Test
    void aMissingServiceAccountIsNotFound() {
        assertThat(problem(api.client(), "missing").reason()).isEqualTo(Reason.SERVICE_ACCOUNT_NOT_FOUND);
    }

    @Test
    void theTokenIsIssuedAndSentToEntra() {
        api.kubectl().run("create", "serviceaccount", "orders", "-n", namespace);

        // Nothing listens there: the failure is Entra's, so Kubernetes has issued the token.
        assertThat(problem(api.client(), "orders").reason()).isEqualTo(Reason.ENTRA_UNAVAILABLE);
    }

    @Test
    void theRuleThatTheMessageNamesIsEnough() {
        api.kubectl().run("create", "serviceaccount", "orders", "-n", namespace);
        try (KubernetesClient operator = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(api.client().getConfiguration())
                        .withImpersonateUsername("system:serviceaccount:ops:operator-" + namespace)
                        .withImpersonateGroups("system:authenticated")
                        .build())
                .build()) {
            Problem forbidden = problem(operator, "orders");
            assertThat(forbidden.reason()).isEqualTo(Reason.TOKEN_REQUEST_FORBIDDEN);
            String rule = forbidden.message().replaceAll("(?s).*?(\\{apiGroups.*?}).*", "$1");
            api.kubectl().runWith("""
                            apiVersion: rbac.authorization.k8s.io/v1
                            kind: Role
                            metadata: {name: tokens}
                            rules: [%s]
                            ---
                            apiVersion: rbac.authorization.k8s.io/v1
                            kind: RoleBinding
                            metadata: {name: tokens}
                            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tokens}
                            subjects: [{kind: ServiceAccount, namespace: ops, name: operator-%s}]
                            """.formatted(rule, namespace), "apply", "-n", namespace, "-f", "-");

            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> problem(operator, "orders").reason() == Reason.ENTRA_UNAVAILABLE);
        }
    }

    private Problem problem(KubernetesClient client, String account) {
        EntraSettings nowhere =
                new EntraSettings(URI.create("https://127.0.0.1:1"), "contoso.example", EntraSettings.REDIS_SCOPE);
        Result<WorkloadToken> result = new FederatedWorkloadTokens(
                        client,
                        HttpClient.newHttpClient(),
                        nowhere,
                        Optional.empty(),
                        Telemetry.NONE,
                        Clock.systemUTC())
                .tokenFor(
                        new Identification.Source(
                                new ServiceAccountKey(namespace, account),
                                "uid",
                                new ClientId("22222222-2222-2222-2222-222222222222"),
                                Federation.DIRECT),
                        Optional.empty(),
                        Duration.ofSeconds(30));
        return ((Result.Failed<WorkloadToken>) result).problem();
    }
}
