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
import dev.redisaccess.operator.tls.TestAuthority;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EnableKubernetesMockClient
class FederatedWorkloadTokensTest {

    private static final ServiceAccountKey ACCOUNT = new ServiceAccountKey("shop", "orders");
    private static final ClientId CLIENT = new ClientId("22222222-2222-2222-2222-222222222222");
    private static final Identification.Source SOURCE =
            new Identification.Source(ACCOUNT, "uid", CLIENT, Federation.DIRECT);
    private static final String OBJECT = "11111111-1111-1111-1111-111111111111";
    private static final String TENANT = "33333333-3333-3333-3333-333333333333";
    private static final String TOKEN_PATH = "/api/v1/namespaces/shop/serviceaccounts/orders/token";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    KubernetesMockServer server;
    KubernetesClient kubernetes;

    private final TestAuthority authority = new TestAuthority();
    private final String assertion = jwt(
            "{\"iss\":\"https://oidc.example/\",\"sub\":\"system:serviceaccount:shop:orders\",\"aud\":[\"api://AzureADTokenExchange\"]}");
    private EntraDouble entra;

    @BeforeEach
    void startEntra() {
        entra = new EntraDouble(authority);
    }

    @AfterEach
    void stopEntra() {
        entra.close();
    }

    @Test
    void exchangesTheServiceAccountsTokenAndReadsItsClaims() throws InterruptedException {
        kubernetesIssuesTheAssertion();
        String token = entraToken("\"appid\":\"" + CLIENT + "\",");
        entra.replies(Reply.of(200, "{\"token_type\":\"Bearer\",\"access_token\":\"" + token + "\"}"));

        WorkloadToken result = succeeds();

        assertThat(result.secret()).isEqualTo(token);
        assertThat(result.principal().clientId()).isEqualTo(CLIENT);
        assertThat(result.principal().objectId().value()).isEqualTo(OBJECT);
        assertThat(result.principal().tenantId().value()).isEqualTo(TENANT);
        assertThat(result.claims().audience()).isEqualTo("https://redis.azure.com");
        assertThat(result.claims().notBefore()).isEqualTo(Instant.ofEpochSecond(1_800_000_000));
        assertThat(result.claims().expires()).isEqualTo(Instant.ofEpochSecond(1_800_086_400));
        assertThat(result.toString()).doesNotContain(token);
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request.getUtf8Body())
                .contains("\"audiences\":[\"api://AzureADTokenExchange\"]", "\"expirationSeconds\":600");
        assertThat(entra.path()).isEqualTo("/" + TENANT + "/oauth2/v2.0/token");
        assertThat(entra.form())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", CLIENT.value(),
                        "scope", "https://redis.azure.com/.default",
                        "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion", assertion));
    }

    @Test
    void readsTheClientIdOfVersionTwoTokens() {
        kubernetesIssuesTheAssertion();
        String other = "44444444-4444-4444-4444-444444444444";
        entra.replies(Reply.of(200, "{\"access_token\":\"" + entraToken("\"azp\":\"" + other + "\",") + "\"}"));

        assertThat(succeeds().principal().clientId().value()).isEqualTo(other);
    }

    @Test
    void aTokenWithoutObjectIdIsOfNoUse() {
        kubernetesIssuesTheAssertion();
        entra.replies(Reply.of(200, "{\"access_token\":\"" + jwt("{\"aud\":\"x\"}") + "\"}"));
        assertThat(fails(PATIENCE).reason()).isEqualTo(Reason.TOKEN_EXCHANGE_FAILED);

        entra.replies(Reply.of(200, "{\"access_token\":\"opaque\"}"));
        assertThat(fails(PATIENCE).message()).contains("`oid`");
    }

    @Test
    void aRefusalSaysWhatTheFederatedCredentialMustHave() {
        kubernetesIssuesTheAssertion();
        entra.replies(Reply.of(
                401,
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700213: No matching federated identity"
                        + " record found\",\"error_codes\":[700213]}"));

        Problem problem = fails(PATIENCE);

        assertThat(problem.reason()).isEqualTo(Reason.FEDERATION_SUBJECT_MISMATCH);
        assertThat(problem.message())
                .contains("issuer `https://oidc.example/`, subject `system:serviceaccount:shop:orders`, audience");
    }

    @Test
    void retryAfterIsReadAsSecondsAndAsADate() {
        kubernetesIssuesTheAssertion();
        entra.replies(new Reply(429, "", Map.of("Retry-After", "17")));
        assertThat(fails(PATIENCE).retryAfter()).contains(Duration.ofSeconds(17));

        entra.replies(new Reply(503, "", Map.of("Retry-After", "Mon, 23 Nov 2026 12:02:00 GMT")));
        assertThat(fails(PATIENCE).retryAfter()).contains(Duration.ofMinutes(2));

        entra.replies(new Reply(503, "", Map.of("Retry-After", "soon")));
        assertThat(fails(PATIENCE).retryAfter()).isEmpty();
    }

    @Test
    void aSilentEntraEndsAtTheDeadline() {
        kubernetesIssuesTheAssertion();
        entra.staysSilent();

        Problem problem = fails(Duration.ofSeconds(3));

        assertThat(problem.reason()).isEqualTo(Reason.ENTRA_UNAVAILABLE);
        assertThat(problem.message()).contains("`localhost` did not answer in time");
    }

    @Test
    void anEntraThatIsDownRefuses() {
        kubernetesIssuesTheAssertion();
        URI gone = entra.authority();
        entra.close();

        Problem problem = fails(tokens(gone, authority.trusted(directory)), PATIENCE);

        assertThat(problem.reason()).isEqualTo(Reason.ENTRA_UNAVAILABLE);
        assertThat(problem.message()).contains("`localhost` refuses the connection");
    }

    @Test
    void anEntraThatDnsDoesNotKnowIsNamed() {
        kubernetesIssuesTheAssertion();

        Problem problem = fails(tokens(URI.create("https://login.invalid"), TrustedAuthorities.jvmDefault()), PATIENCE);

        assertThat(problem.reason()).isEqualTo(Reason.ENTRA_UNAVAILABLE);
        assertThat(problem.message()).contains("`login.invalid` was not found in DNS");
    }

    @Test
    void anEntraThatIsNotTrustedIsNamed() {
        kubernetesIssuesTheAssertion();

        Problem problem = fails(tokens(entra.authority(), TrustedAuthorities.jvmDefault()), PATIENCE);

        assertThat(problem.reason()).isEqualTo(Reason.TLS_UNTRUSTED);
    }

    private void kubernetesIssuesTheAssertion() {
        server.expect()
                .post()
                .withPath(TOKEN_PATH)
                .andReturn(
                        201,
                        new TokenRequestBuilder()
                                .withNewStatus()
                                .withToken(assertion)
                                .endStatus()
                                .build())
                .always();
    }

    private FederatedWorkloadTokens tokens(URI where, TrustedAuthorities trusted) {
        HttpClient http =
                HttpClient.newBuilder().sslContext(trusted.sslContext()).build();
        return new FederatedWorkloadTokens(
                kubernetes,
                http,
                new EntraSettings(where, TENANT, EntraSettings.REDIS_SCOPE),
                Optional.empty(),
                Telemetry.NONE,
                CLOCK);
    }

    private WorkloadToken succeeds() {
        Result<WorkloadToken> result =
                tokens(entra.authority(), authority.trusted(directory)).tokenFor(SOURCE, Optional.empty(), PATIENCE);
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<WorkloadToken>) result).value();
    }

    private Problem fails(Duration timeout) {
        return fails(tokens(entra.authority(), authority.trusted(directory)), timeout);
    }

    private Problem fails(FederatedWorkloadTokens tokens, Duration timeout) {
        Result<WorkloadToken> result = tokens.tokenFor(SOURCE, Optional.empty(), timeout);
        assertThat(result).isInstanceOf(Result.Failed.class);
        Problem problem = ((Result.Failed<WorkloadToken>) result).problem();
        assertThat(problem.message()).doesNotContain(assertion);
        return problem;
    }

    private static String entraToken(String clientClaim) {
        return jwt("{" + clientClaim + "\"oid\":\"" + OBJECT + "\",\"tid\":\"" + TENANT
                + "\",\"aud\":\"https://redis.azure.com\",\"nbf\":1800000000,\"exp\":1800086400}");
    }

    private static String jwt(String claims) {
        return base64("{\"alg\":\"RS256\"}") + "." + base64(claims) + "." + base64("signature");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
