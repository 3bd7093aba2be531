package dev.redisaccess.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Problems;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.Deadline;
import dev.redisaccess.operator.http.RawServer;
import dev.redisaccess.operator.tls.TestAuthority;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server in the place of Entra that is broken or hostile. */
@Timeout(60)
class HostileEntraTest {

    private static final ClientId CLIENT = new ClientId("22222222-2222-2222-2222-222222222222");
    private static final Assertion ASSERTION =
            new Assertion("opaque-assertion", "https://oidc.example/", "system:serviceaccount:shop:orders", "aud");

    @TempDir
    private Path directory;

    private final TestAuthority authority = new TestAuthority();
    private RawServer entra;

    @BeforeEach
    void start() {
        entra = new RawServer(authority);
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void refusesABodyThatNeverEnds(int status) {
        entra.responds(RawServer.endless(status));
        Problem problem = Problems.of(exchange(Duration.ofSeconds(30)));
        assertThat(problem.reason()).isEqualTo(Reason.ENTRA_UNAVAILABLE);
        assertThat(problem.message()).contains("sent a larger answer than Entra does");
    }

    @Test
    void endsAtTheDeadlineWhereABodyDrips() {
        entra.responds(RawServer.dripping(200));
        assertThat(Problems.of(exchange(Duration.ofMillis(700))).message()).contains("did not answer in time");
    }

    @Test
    void refusesAHeaderThatNeverEnds() {
        entra.responds(RawServer.endlessHeader());
        assertThat(Problems.of(exchange(Duration.ofSeconds(30))).reason()).isEqualTo(Reason.ENTRA_UNAVAILABLE);
    }

    @Test
    void sendsTheAssertionToNoOtherHost() {
        try (RawServer other = new RawServer(authority)) {
            entra.responds(RawServer.text(307, "", "Location: " + other.url() + "/token"));
            assertThat(Problems.of(exchange(Duration.ofSeconds(30))).message()).contains("HTTP 307");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void waitsFiveMinutesAtMost() {
        entra.responds(RawServer.text(429, "", "Retry-After: 999999999"));
        assertThat(Problems.of(exchange(Duration.ofSeconds(30))).retryAfter()).contains(Duration.ofMinutes(5));
    }

    static Stream<String> bodies() {
        int deep = 20_000;
        return Stream.of(
                "{\"access_token\":" + "[".repeat(deep) + "]".repeat(deep) + "}",
                "{\"error\":\"x\",\"error_codes\":" + "[".repeat(deep) + "]".repeat(deep) + "}",
                "{\"error\":\"x\",\"error_codes\":[1e400,\"no\",{},99999999999999999999]}",
                "{\"error\":\"x\",\"error_description\":\"" + "AADSTS99999 ".repeat(4000) + "\"}",
                "{\"access_token\":\"" + token("1e999999999") + "\"}",
                "{\"access_token\":\"" + token("99999999999999999999999999") + "\"}",
                "{\"access_token\":\"" + token("-99999999999999999") + "\"}",
                "{\"access_token\":\"a.b.c\"}",
                "{\"access_token\":\"..\"}",
                "<html>Please log in</html>",
                "null");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void anyBodyIsAProblemAndNoException(String body) {
        for (int status : new int[] {200, 400, 503}) {
            entra.responds(RawServer.text(status, body));
            assertThat(Problems.of(exchange(Duration.ofSeconds(30))).reason()).isNotEqualTo(Reason.INTERNAL_ERROR);
        }
    }

    private Result<?> exchange(Duration timeout) {
        HttpClient http = authority.client(directory);
        var settings = new EntraSettings(entra.url(), "tenant", EntraSettings.REDIS_SCOPE);
        return new EntraTokenEndpoint(http, settings, Clock.systemUTC())
                .exchange(
                        ASSERTION,
                        CLIENT,
                        new EntraFailures(settings, ASSERTION, CLIENT.value()),
                        Deadline.after(timeout));
    }

    private static String token(String expires) {
        String claims =
                "{\"oid\":\"11111111-1111-1111-1111-111111111111\",\"tid\":\"11111111-1111-1111-1111-111111111111\","
                        + "\"aud\":\"x\",\"exp\":" + expires + "}";
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }
}
