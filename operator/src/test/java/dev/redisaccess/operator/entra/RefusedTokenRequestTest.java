package dev.redisaccess.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.MessageForm;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Telemetry;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a binding reports when the API server returns no token of its ServiceAccount: then no request is sent to Entra. */
@EnableKubernetesMockClient
class RefusedTokenRequestTest {

    private static final ServiceAccountKey ACCOUNT = new ServiceAccountKey("shop", "orders");
    private static final ClientId CLIENT = new ClientId("22222222-2222-2222-2222-222222222222");
    private static final Identification.Source SOURCE =
            new Identification.Source(ACCOUNT, "uid", CLIENT, Federation.DIRECT);
    private static final EntraSettings SETTINGS = new EntraSettings(
            URI.create("https://login.invalid"), "33333333-3333-3333-3333-333333333333", EntraSettings.REDIS_SCOPE);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    KubernetesMockServer server;
    KubernetesClient kubernetes;

    @Test
    void aForbiddenTokenRequestNamesTheMissingRule() {
        kubernetesRefuses(
                403,
                "serviceaccounts \"orders\" is forbidden: User \"system:serviceaccount:ops:operator\" cannot create resource"
                        + " \"serviceaccounts/token\" in API group \"\" in the namespace \"shop\"");

        Problem problem = refused(kubernetes, PATIENCE);

        assertThat(problem.reason()).isEqualTo(Reason.TOKEN_REQUEST_FORBIDDEN);
        MessageForm.assertKept(problem.message());
        assertThat(problem.message())
                .contains("namespace `shop`")
                .contains("{apiGroups: [\"\"], resources: [\"serviceaccounts/token\"], resourceNames: [\"orders\"],"
                        + " verbs: [\"create\"]}")
                .contains("system:serviceaccount:ops:operator");
    }

    @Test
    void anAdmissionPolicyIsNotAMissingRule() {
        kubernetesRefuses(
                403,
                "serviceaccounts \"orders\" is forbidden: ValidatingAdmissionPolicy 'audiences' with binding 'audiences' denied"
                        + " request: no");

        Problem problem = refused(kubernetes, PATIENCE);

        assertThat(problem.reason()).isEqualTo(Reason.TOKEN_REQUEST_FORBIDDEN);
        assertThat(problem.message())
                .startsWith("Kubernetes answered: serviceaccounts \"orders\" is forbidden: ValidatingAdmissionPolicy")
                .doesNotContain("apiGroups");
    }

    @Test
    void aMissingServiceAccountIsNotFound() {
        kubernetesRefuses(404, "serviceaccounts \"orders\" not found");

        assertThat(refused(kubernetes, PATIENCE).reason()).isEqualTo(Reason.SERVICE_ACCOUNT_NOT_FOUND);
    }

    @Test
    void anotherRefusalIsQuoted() {
        kubernetesRefuses(500, "etcdserver: leader changed");

        Problem problem = refused(kubernetes, PATIENCE);

        assertThat(problem.reason()).isEqualTo(Reason.TOKEN_REQUEST_FAILED);
        assertThat(problem.message()).contains("etcdserver: leader changed");
    }

    @Test
    void aSilentApiServerEndsAtTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                KubernetesClient slow = new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(Config.empty())
                                .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort())
                                .build())
                        .build()) {
            // Without the deadline it would be the client's own timeout, and ten retries: more than a minute.
            Problem problem =
                    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refused(slow, Duration.ofSeconds(1)));

            assertThat(problem.reason()).isEqualTo(Reason.TOKEN_REQUEST_FAILED);
        }
    }

    private void kubernetesRefuses(int code, String message) {
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/shop/serviceaccounts/orders/token")
                .andReturn(
                        code,
                        new StatusBuilder()
                                .withStatus("Failure")
                                .withCode(code)
                                .withMessage(message)
                                .build())
                .always();
    }

    private static Problem refused(KubernetesClient api, Duration timeout) {
        Result<WorkloadToken> result = new FederatedWorkloadTokens(
                        api, HttpClient.newHttpClient(), SETTINGS, Optional.empty(), Telemetry.NONE, Clock.systemUTC())
                .tokenFor(SOURCE, Optional.empty(), timeout);
        assertThat(result).isInstanceOf(Result.Failed.class);
        return ((Result.Failed<WorkloadToken>) result).problem();
    }
}
