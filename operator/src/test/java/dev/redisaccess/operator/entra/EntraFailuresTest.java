package dev.redisaccess.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EntraFailuresTest {

    private static final String CLIENT = "22222222-2222-2222-2222-222222222222";
    private static final EntraSettings SETTINGS =
            new EntraSettings(URI.create("https://login.example.com/"), "contoso.example", EntraSettings.REDIS_SCOPE);
    private static final Assertion ASSERTION = new Assertion(
            "opaque-" + UUID.randomUUID(),
            "https://oidc.example/cluster/",
            "system:serviceaccount:shop:orders",
            Federation.DIRECT.audience());
    private static final EntraFailures FAILURES = new EntraFailures(SETTINGS, ASSERTION, CLIENT);

    @ParameterizedTest
    @CsvSource({
        "70021, FederationNotMatched",
        "700211, FederationIssuerMismatch",
        "700212, FederationAudienceMismatch",
        "700213, FederationSubjectMismatch",
        "700214, FederationIssuerForbidden",
        "700016, IdentityNotFound",
        "700011, IdentityNotFound",
        "70001, IdentityNotFound",
        "90002, TenantNotFound",
        "90038, WrongCloud",
        "900382, WrongCloud",
        "900432, WrongCloud",
        "700024, AssertionExpired",
        "700027, AssertionSignatureInvalid",
        "50012, AssertionSignatureInvalid",
        "50006, AssertionSignatureInvalid",
        "90061, IssuerUnreachable",
        "700025, ApplicationMisconfigured",
        "7000215, ApplicationMisconfigured",
        "7000222, ApplicationMisconfigured",
        "500011, RedisResourceUnknown",
        "650057, RedisResourceUnknown",
        "50001, RedisResourceUnknown",
        "70011, RedisResourceUnknown",
        "50020, PrincipalNotAllowed",
        "53003, BlockedByPolicy",
        "530035, BlockedByPolicy",
        "50196, EntraThrottled",
        "90055, EntraThrottled",
        "90033, EntraUnavailable",
        "90024, EntraUnavailable",
        "90006, EntraUnavailable",
        "90012, EntraUnavailable",
        "50000, EntraUnavailable",
        "123456, TokenExchangeFailed"
    })
    void eachCodeIsRecognisedInTheListAndInTheText(int code, String reason) {
        String sentence = "AADSTS" + code + ": It is so.";
        String listed = "{\"error\":\"invalid_client\",\"error_description\":\"" + sentence + "\",\"error_codes\":["
                + code + "]}";
        String inText = "{\"error\":\"invalid_client\",\"error_description\":\"" + sentence + "\"}";
        String withoutText = "{\"error\":\"invalid_client\",\"error_codes\":[" + code + "]}";

        assertThat(of(400, listed).reason().text()).isEqualTo(reason);
        assertThat(of(401, listed).message()).contains(sentence);
        assertThat(of(401, inText).reason().text()).isEqualTo(reason);
        assertThat(of(401, withoutText).reason().text()).isEqualTo(reason);
        assertThat(of(401, withoutText).message()).contains("AADSTS" + code, "HTTP 401");
    }

    @ParameterizedTest
    @CsvSource({"70021", "700211", "700212", "700213"})
    void aFederationProblemSaysWhatTheCredentialMustHave(int code) {
        Problem problem = of(401, "{\"error\":\"invalid_client\",\"error_codes\":[" + code + "]}");

        assertThat(problem.message())
                .contains(CLIENT)
                .contains("issuer `https://oidc.example/cluster/`")
                .contains("subject `system:serviceaccount:shop:orders`")
                .contains("audience `api://AzureADTokenExchange`");
    }

    @Test
    void namesTheClientIdAsTheFirstCause() {
        String message = of(401, "{\"error\":\"invalid_client\",\"error_codes\":[700213]}")
                .message();

        assertThat(message).contains("`spec.clientId`", "`azure.workload.identity/client-id`");
        assertThat(message.indexOf("check that the client ID")).isLessThan(message.indexOf("add one to it"));
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                arguments(200, "<html>Sign in to the guest network</html>", Reason.ENTRA_UNAVAILABLE, "Check proxies"),
                arguments(302, "", Reason.ENTRA_UNAVAILABLE, "HTTP 302"),
                arguments(407, "Proxy Authentication Required", Reason.ENTRA_UNAVAILABLE, "Check proxies"),
                arguments(503, "<html>busy</html>", Reason.ENTRA_UNAVAILABLE, "HTTP 503"),
                arguments(500, "{\"error\":\"server_error\"}", Reason.ENTRA_UNAVAILABLE, "`server_error`"),
                arguments(400, "{\"error\":\"temporarily_unavailable\"}", Reason.ENTRA_UNAVAILABLE, "HTTP 400"),
                arguments(400, "{\"error\":\"invalid_grant\"}", Reason.TOKEN_EXCHANGE_FAILED, "`invalid_grant`"),
                arguments(404, "{\"message\":\"no\"}", Reason.TOKEN_EXCHANGE_FAILED, "neither a token nor an error"),
                arguments(200, "{}", Reason.TOKEN_EXCHANGE_FAILED, "neither a token nor an error"),
                arguments(200, "[1]", Reason.ENTRA_UNAVAILABLE, "without JSON"),
                arguments(200, "", Reason.ENTRA_UNAVAILABLE, "without JSON"),
                arguments(429, "slow down", Reason.ENTRA_THROTTLED, "throttles requests"),
                arguments(429, "{\"error\":\"invalid_request\",\"error_codes\":[70021]}", Reason.ENTRA_THROTTLED, ""));
    }

    @ParameterizedTest(name = "HTTP {0}: {1}")
    @MethodSource("shapes")
    void otherShapesAreNamed(int status, String body, Reason reason, String part) {
        assertThat(of(status, body).reason()).isEqualTo(reason);
        assertThat(of(status, body).message()).contains(part);
    }

    static Stream<Arguments> exceptions() {
        return Stream.of(
                arguments(caused(new ConnectException(), new ClosedChannelException()), "refuses the connection"),
                arguments(caused(new ConnectException(), new UnresolvedAddressException()), "not found in DNS"),
                arguments(new HttpTimeoutException("request timed out"), "did not answer in time"),
                arguments(new TimeoutException(), "did not answer in time"),
                arguments(new java.io.IOException("HTTP/1.1 header parser received no bytes"), "can't be reached"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exceptions")
    void anExceptionNamesTheAuthority(Throwable failure, String part) {
        Problem problem = FAILURES.ofException(failure);

        assertThat(problem.reason()).isEqualTo(Reason.ENTRA_UNAVAILABLE);
        assertThat(problem.message()).contains("login.example.com", part).doesNotContain("null");
    }

    @Test
    void anUntrustedAuthorityIsDistinguishedFromOneThatIsDown() {
        Problem untrusted = FAILURES.ofException(caused(
                new SSLHandshakeException("PKIX path building failed"), new CertPathBuilderException("no path")));
        Problem broken = FAILURES.ofException(new SSLHandshakeException("Remote host terminated the handshake"));

        assertThat(untrusted.reason()).isEqualTo(Reason.TLS_UNTRUSTED);
        assertThat(untrusted.message()).contains("login.example.com", "REDIS_ACCESS_CA_BUNDLE");
        assertThat(broken.reason()).isEqualTo(Reason.ENTRA_UNAVAILABLE);
    }

    @Test
    void whatChangesFromTryToTryIsNotInTheMessage() {
        String first = described(
                "11111111-2222-3333-4444-555555555555", "2026-11-23 19:52:35Z", "2026-11-23T19:52:35.1234567Z");
        String second = described(
                "99999999-8888-7777-6666-555555555555", "2026-11-24 08:00:00Z", "2026-11-24T08:00:00.7654321Z");

        assertThat(of(401, first)).isEqualTo(of(401, second));
        assertThat(of(401, first).message())
                .contains("AADSTS700024: Client assertion is not within its valid time range.")
                .doesNotContain("Trace", "Correlation", "Timestamp", "2026", "\\r");
    }

    @Test
    void theAssertionIsNotInTheMessageEvenIfEntraSaysIt() {
        String body = "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS50027: Bad token "
                + ASSERTION.secret() + " or eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln.\"}";

        assertThat(of(400, body).message())
                .contains("Bad token (token) or (token)")
                .doesNotContain(ASSERTION.secret());
        assertThat(ASSERTION.toString()).doesNotContain(ASSERTION.secret());
    }

    @Test
    void retryAfterIsKept() {
        assertThat(FAILURES.ofAnswer(429, "", Optional.of(Duration.ofSeconds(17)))
                        .retryAfter())
                .contains(Duration.ofSeconds(17));
        assertThat(of(429, "").retryAfter()).isEmpty();
    }

    private static String described(String id, String timestamp, String now) {
        return "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700024: Client assertion is not within its"
                + " valid time range. Current time: " + now + ", assertion valid from " + now + ".\\r\\nTrace ID: " + id
                + "\\r\\nCorrelation ID: " + id + "\\r\\nTimestamp: " + timestamp
                + "\",\"error_codes\":[700024],\"timestamp\":\"" + timestamp + "\",\"trace_id\":\"" + id + "\"}";
    }

    private static Problem of(int status, String body) {
        return FAILURES.ofAnswer(status, body, Optional.empty());
    }

    private static Throwable caused(Throwable failure, Throwable cause) {
        return failure.initCause(cause);
    }
}
