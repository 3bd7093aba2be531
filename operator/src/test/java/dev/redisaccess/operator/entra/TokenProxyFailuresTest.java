package dev.redisaccess.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.MessageForm;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.http.ProxyRules;
import dev.redisaccess.operator.http.TokenProxy;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenProxyFailuresTest {

    private static final ClientId CLIENT = new ClientId("22222222-2222-2222-2222-222222222222");
    private static final EntraSettings SETTINGS =
            new EntraSettings(URI.create("https://login.example.com/"), "contoso.example", EntraSettings.REDIS_SCOPE);
    private static final Assertion ASSERTION = new Assertion(
            "opaque-" + UUID.randomUUID(),
            "https://oidc.example/cluster/",
            "system:serviceaccount:shop:orders",
            Federation.IDENTITY_BINDING.audience());
    private static final TokenProxy PROXY = new TokenProxy(
            URI.create("https://api.example.com"),
            Optional.of("615f.ests.aks"),
            TrustedAuthorities.jvmDefault().sslContext(),
            new ProxyRules(Optional.empty(), List.of()),
            HttpClient.newBuilder());
    private static final TokenProxyFailures FAILURES = new TokenProxyFailures(PROXY, SETTINGS, ASSERTION, CLIENT);

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments(401, entra(700211), Reason.IDENTITY_BINDING_MISSING, "az aks identity-binding create"),
                arguments(401, entra(700213), Reason.IDENTITY_BINDING_MISSING, "AADSTS700213"),
                arguments(401, entra(70021), Reason.IDENTITY_BINDING_MISSING, "`aks-identity-binding`"),
                arguments(400, entra(700016), Reason.IDENTITY_NOT_FOUND, CLIENT.value()),
                arguments(400, entra(50196), Reason.ENTRA_THROTTLED, "rate"),
                arguments(400, entra(999), Reason.TOKEN_EXCHANGE_FAILED, "AADSTS999"),
                arguments(404, "{\"error\":\"not_found\"}", Reason.IDENTITY_BINDING_MISSING, "`not_found`"),
                arguments(403, "{\"error\":\"x\",\"error_description\":\"No.\"}", Reason.TOKEN_PROXY_REFUSED, "`No.`"),
                arguments(
                        401,
                        "{\"kind\":\"Status\",\"message\":\"Unauthorized\"}",
                        Reason.TOKEN_PROXY_REFUSED,
                        "HTTP 401 `Unauthorized`"),
                arguments(400, "", Reason.TOKEN_PROXY_REFUSED, "HTTP 400."),
                arguments(200, "<html>Sign in</html>", Reason.TOKEN_PROXY_UNREACHABLE, "without a token"),
                arguments(302, "", Reason.TOKEN_PROXY_UNREACHABLE, "HTTP 302 without a token"),
                arguments(429, "", Reason.TOKEN_PROXY_UNREACHABLE, "HTTP 429"),
                arguments(502, "bad gateway", Reason.TOKEN_PROXY_UNREACHABLE, "`bad gateway`"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerHasTheReasonOfItsServer(int status, String body, Reason reason, String named) {
        assertProblem(FAILURES.ofAnswer(status, body, Optional.empty()), reason, named);
    }

    static Stream<Arguments> exceptions() {
        return Stream.of(
                arguments(new UnknownHostException("x"), Reason.TOKEN_PROXY_UNREACHABLE, "was not found in DNS"),
                arguments(new ConnectException(), Reason.TOKEN_PROXY_UNREACHABLE, "refuses the connection"),
                arguments(new HttpTimeoutException("x"), Reason.TOKEN_PROXY_UNREACHABLE, "did not answer in time"),
                arguments(
                        new SSLHandshakeException("unrecognized_name"),
                        Reason.TOKEN_PROXY_UNREACHABLE,
                        "`AZURE_KUBERNETES_SNI_NAME`"),
                arguments(
                        new SSLHandshakeException("x").initCause(new CertificateException("No name matches")),
                        Reason.TOKEN_PROXY_UNTRUSTED,
                        "`No name matches`"));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void anExceptionNamesTheProxy(Throwable failure, Reason reason, String named) {
        assertProblem(FAILURES.ofException(failure), reason, named);
    }

    @Test
    void theDelayIsKeptAndTheTokenIsNot() {
        Problem problem = FAILURES.ofAnswer(503, "sent " + ASSERTION.secret(), Optional.of(Duration.ofSeconds(7)));

        assertThat(problem.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(problem.message()).contains("(token)").doesNotContain(ASSERTION.secret());
    }

    @Test
    void theRequestGoesBelowTheProxysUrl() throws Exception {
        URI entra = URI.create("https://login.example.com/tenant/oauth2/v2.0/token");

        assertThat(proxy("https://127.0.0.1:6443", Optional.of("a.ests.aks")).locate(entra))
                .hasToString("https://127.0.0.1:6443/tenant/oauth2/v2.0/token");
        assertThat(proxy("https://[::1]/below/", Optional.of("a.ests.aks")).locate(entra))
                .hasToString("https://[0:0:0:0:0:0:0:1]:443/below/tenant/oauth2/v2.0/token");
        assertThat(proxy("https://proxy.example", Optional.empty()).locate(entra))
                .as("the JDK sends the host itself")
                .hasToString("https://proxy.example:443/tenant/oauth2/v2.0/token");
    }

    private static TokenProxy proxy(String url, Optional<String> serverName) {
        return new TokenProxy(
                URI.create(url),
                serverName,
                TrustedAuthorities.jvmDefault().sslContext(),
                new ProxyRules(Optional.empty(), List.of()),
                HttpClient.newBuilder());
    }

    private static void assertProblem(Problem problem, Reason reason, String named) {
        assertThat(problem.reason()).isEqualTo(reason);
        assertThat(problem.message()).contains(named);
        MessageForm.assertKept(problem.message());
    }

    private static String entra(int code) {
        return "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS" + code + ": Refused.\",\"error_codes\":["
                + code + "]}";
    }
}
