package dev.redisaccess.operator.entra;

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
import dev.redisaccess.operator.entra.EntraDouble.Reply;
import dev.redisaccess.operator.http.ProxyRules;
import dev.redisaccess.operator.http.TokenProxy;
import dev.redisaccess.operator.tls.NamedServer;
import dev.redisaccess.operator.tls.TestAuthority;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two ways, and which one {@code Auto} takes. */
@EnableKubernetesMockClient
class IdentityBindingTokensTest {

    private static final String SERVER_NAME = "615f.ests.aks";
    private static final ServiceAccountKey ACCOUNT = new ServiceAccountKey("shop", "orders");
    private static final ClientId CLIENT = new ClientId("22222222-2222-2222-2222-222222222222");
    private static final String TENANT = "33333333-3333-3333-3333-333333333333";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REFUSED = "{\"error\":\"access_denied\",\"error_description\":\"No.\"}";
    private static final String NO_FEDERATION =
            "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700213: None.\",\"error_codes\":[700213]}";

    @TempDir
    Path directory;

    KubernetesMockServer server;
    KubernetesClient kubernetes;

    private final TestAuthority authority = new TestAuthority();
    private final TestAuthority cluster = new TestAuthority();
    private final EntraDouble entra = new EntraDouble(authority, "localhost");
    private final EntraDouble proxy = new EntraDouble(cluster, SERVER_NAME);

    @AfterEach
    void stop() {
        entra.close();
        proxy.close();
    }

    @Test
    void exchangesATokenOfTheOtherAudienceAtTheProxy() throws Exception {
        kubernetesIssuesTokens();
        proxy.replies(Reply.of(200, token()));

        WorkloadToken token = succeeds(Federation.IDENTITY_BINDING, Optional.empty());

        assertThat(token.federation()).isEqualTo(Federation.IDENTITY_BINDING);
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request.getUtf8Body()).contains("\"audiences\":[\"api://AKSIdentityBinding\"]");
        assertThat(proxy.path()).isEqualTo("/" + TENANT + "/oauth2/v2.0/token");
        assertThat(proxy.form()).containsEntry("client_id", CLIENT.value()).containsKey("client_assertion");
        assertThat(proxy.serverNames()).containsExactly(SERVER_NAME);
        assertThat(entra.form()).isEmpty();
    }

    @Test
    void aRefusalOfTheProxyNamesTheMissingPermission() {
        kubernetesIssuesTokens();
        reviews(false);
        proxy.replies(Reply.of(403, REFUSED));

        Problem problem = fails(Federation.IDENTITY_BINDING, Optional.empty());

        assertThat(problem.reason()).isEqualTo(Reason.IDENTITY_BINDING_NOT_AUTHORIZED);
        assertThat(problem.message())
                .contains("kind: ClusterRole,", "kind: ClusterRoleBinding,", "use-managed-identity", CLIENT.value())
                .endsWith("}`.");
    }

    @Test
    void aRefusalOfAnAuthorizedServiceAccountClaimsNoCause() {
        kubernetesIssuesTokens();
        reviews(true);
        proxy.replies(Reply.of(403, REFUSED));

        assertThat(fails(Federation.IDENTITY_BINDING, Optional.empty()).reason())
                .isEqualTo(Reason.TOKEN_PROXY_REFUSED);
    }

    @Test
    void anotherNameInTheCertificateIsUntrusted() {
        kubernetesIssuesTokens();
        try (EntraDouble other = new EntraDouble(cluster, "localhost")) {
            Result<WorkloadToken> result =
                    tokens(other.authority()).tokenFor(source(Federation.IDENTITY_BINDING), Optional.empty(), PATIENCE);

            assertThat(result.toProblem().orElseThrow().reason()).isEqualTo(Reason.TOKEN_PROXY_UNTRUSTED);
            assertThat(other.form()).isEmpty();
        }
    }

    @Test
    void autoIsDirectWithoutThePermission() {
        kubernetesIssuesTokens();
        reviews(false);
        entra.replies(Reply.of(200, token()));

        assertThat(succeeds(Federation.AUTO, Optional.empty()).federation()).isEqualTo(Federation.DIRECT);
        assertThat(proxy.form()).isEmpty();
    }

    @Test
    void autoIsTheIdentityBindingWithThePermission() {
        kubernetesIssuesTokens();
        reviews(true);
        proxy.replies(Reply.of(200, token()));

        assertThat(succeeds(Federation.AUTO, Optional.of(Federation.DIRECT)).federation())
                .isEqualTo(Federation.IDENTITY_BINDING);
        assertThat(entra.form()).isEmpty();
    }

    @Test
    void autoStaysDirectUntilTheIdentityBindingWorks() {
        kubernetesIssuesTokens();
        reviews(true);
        proxy.replies(Reply.of(404, REFUSED));
        entra.replies(Reply.of(200, token()));

        assertThat(succeeds(Federation.AUTO, Optional.of(Federation.DIRECT)).federation())
                .isEqualTo(Federation.DIRECT);
    }

    @Test
    void autoDoesNotLeaveAnIdentityBindingWithoutPermission() {
        kubernetesIssuesTokens();
        reviews(false);
        proxy.replies(Reply.of(403, REFUSED));
        entra.replies(Reply.of(200, token()));

        assertThat(fails(Federation.AUTO, Optional.of(Federation.IDENTITY_BINDING))
                        .reason())
                .isEqualTo(Reason.IDENTITY_BINDING_NOT_AUTHORIZED);
        assertThat(entra.form()).isEmpty();
    }

    @Test
    void autoReportsTheWayThatIsSetUpIfBothFail() {
        kubernetesIssuesTokens();
        reviews(true);
        proxy.replies(Reply.of(404, REFUSED));
        entra.replies(Reply.of(401, NO_FEDERATION));

        assertThat(fails(Federation.AUTO, Optional.empty()).reason()).isEqualTo(Reason.IDENTITY_BINDING_MISSING);
    }

    @Test
    void whereNothingIsSetUpTheAdviceNamesBothWays() {
        kubernetesIssuesTokens();
        reviews(false);
        entra.replies(Reply.of(401, NO_FEDERATION));

        Problem problem = fails(Federation.AUTO, Optional.empty());

        assertThat(problem.reason()).isEqualTo(Reason.FEDERATION_SUBJECT_MISMATCH);
        assertThat(problem.message()).contains("federated credential", "set `spec.federation` to `IdentityBinding`");
    }

    private void kubernetesIssuesTokens() {
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/shop/serviceaccounts/orders/token")
                .andReturn(
                        201,
                        new TokenRequestBuilder()
                                .withNewStatus()
                                .withToken(jwt("{\"sub\":\"system:serviceaccount:shop:orders\"}"))
                                .endStatus()
                                .build())
                .always();
    }

    private void reviews(boolean allowed) {
        server.expect()
                .post()
                .withPath("/apis/authorization.k8s.io/v1/subjectaccessreviews")
                .andReturn(
                        201,
                        new SubjectAccessReviewBuilder()
                                .withNewStatus()
                                .withAllowed(allowed)
                                .endStatus()
                                .build())
                .always();
    }

    private FederatedWorkloadTokens tokens(URI where) {
        HttpClient http = authority.client(directory);
        NamedServer named = NamedServer.signedBy(cluster.pem(), SERVER_NAME);
        return new FederatedWorkloadTokens(
                kubernetes,
                http,
                new EntraSettings(entra.authority(), TENANT, EntraSettings.REDIS_SCOPE),
                Optional.of(new TokenProxy(
                        where,
                        Optional.of(SERVER_NAME),
                        named.sslContext(),
                        new ProxyRules(Optional.empty(), List.of()),
                        HttpClient.newBuilder())),
                Telemetry.NONE,
                Clock.systemUTC());
    }

    private static Identification.Source source(Federation federation) {
        return new Identification.Source(ACCOUNT, "uid", CLIENT, federation);
    }

    private WorkloadToken succeeds(Federation federation, Optional<Federation> last) {
        Result<WorkloadToken> result = tokens(proxy.authority()).tokenFor(source(federation), last, PATIENCE);
        assertThat(result).isInstanceOf(Result.Ok.class);
        return result.toOptional().orElseThrow();
    }

    private Problem fails(Federation federation, Optional<Federation> last) {
        return tokens(proxy.authority())
                .tokenFor(source(federation), last, PATIENCE)
                .toProblem()
                .orElseThrow();
    }

    private static String token() {
        return "{\"access_token\":\""
                + jwt("{\"oid\":\"11111111-1111-1111-1111-111111111111\",\"tid\":\"" + TENANT
                        + "\",\"aud\":\"https://redis.azure.com\",\"nbf\":1800000000,\"exp\":1800086400}")
                + "\"}";
    }

    private static String jwt(String claims) {
        return base64("{\"alg\":\"RS256\"}") + "." + base64(claims) + "." + base64("signature");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
