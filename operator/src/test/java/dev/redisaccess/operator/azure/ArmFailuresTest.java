package dev.redisaccess.operator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.ClientAuthenticationException;
import com.microsoft.aad.msal4j.MsalClientException;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArmFailuresTest {

    private static final String SCOPE = Samples.ORDERS.path();

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "401, AuthenticationFailed, AZURE_CREDENTIAL_FAILED",
        "401, InvalidAuthenticationToken, AZURE_CREDENTIAL_FAILED",
        "401, ExpiredAuthenticationToken, AZURE_CREDENTIAL_FAILED",
        "403, AuthorizationFailed, AZURE_FORBIDDEN",
        "403, LinkedAuthorizationFailed, AZURE_FORBIDDEN",
        "403, Forbidden, AZURE_FORBIDDEN",
        "403, '', AZURE_FORBIDDEN",
        "403, RequestDisallowedByPolicy, AZURE_REQUEST_REFUSED",
        "404, SubscriptionNotFound, AZURE_RESOURCE_NOT_FOUND",
        "404, ResourceGroupNotFound, AZURE_RESOURCE_NOT_FOUND",
        "404, ResourceNotFound, AZURE_RESOURCE_NOT_FOUND",
        "404, ParentResourceNotFound, AZURE_RESOURCE_NOT_FOUND",
        "404, '', AZURE_RESOURCE_NOT_FOUND",
        "404, InvalidResourceType, AZURE_REQUEST_REFUSED",
        "400, BadRequest, AZURE_REQUEST_REFUSED",
        "400, NoRegisteredProviderFound, AZURE_REQUEST_REFUSED",
        "405, '', AZURE_REQUEST_REFUSED",
        "408, RequestTimeout, AZURE_UNAVAILABLE",
        "409, AnotherOperationInProgress, ASSIGNMENT_FAILED",
        "409, Conflict, ASSIGNMENT_FAILED",
        "409, ScopeLocked, AZURE_REQUEST_REFUSED",
        "429, SubscriptionRequestsThrottled, AZURE_THROTTLED",
        "500, InternalServerError, AZURE_UNAVAILABLE",
        "502, '', AZURE_UNAVAILABLE",
        "503, ServerTimeout, AZURE_UNAVAILABLE",
        "504, GatewayTimeout, AZURE_UNAVAILABLE",
    })
    void knowsWhatArmMeans(int status, String code, Reason reason) {
        Problem problem = ArmFailures.of(
                new ArmError(status, code, "Said so.", Optional.empty()), ArmAction.WRITE_ASSIGNMENT, SCOPE);
        assertThat(problem.reason()).isEqualTo(reason);
        assertThat(problem.message()).contains(String.valueOf(status)).contains(code);
    }

    @Test
    void namesTheMissingActionAndScope() {
        String said = "The client '5f' with object id '5f' does not have authorization to perform action"
                + " 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write' over scope '" + SCOPE
                + "/accessPolicyAssignments/x' or the scope is invalid. If access was recently granted, please refresh"
                + " your credentials.";
        Problem problem = ArmFailures.of(
                new ArmError(403, "AuthorizationFailed", said, Optional.empty()), ArmAction.WRITE_ASSIGNMENT, SCOPE);
        assertThat(problem.message())
                .contains("`Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write`")
                .contains("`" + SCOPE + "/accessPolicyAssignments/x`");
        Problem silent = ArmFailures.of(
                new ArmError(403, "AuthorizationFailed", "", Optional.empty()), ArmAction.READ_CLUSTER, SCOPE);
        assertThat(silent.message())
                .contains("`Microsoft.Cache/redisEnterprise/read`")
                .contains("`" + SCOPE + "`");
    }

    @Test
    void leavesOutWhatChangesWithEveryAttempt() {
        assertThat(ArmFailures.steady("It is broken. Tracking ID: 1b2c, time 12:00"))
                .isEqualTo("It is broken");
        assertThat(ArmFailures.steady("No.\r\nTrace ID: a\r\nCorrelation ID: b\r\nTimestamp: c"))
                .isEqualTo("No");
        assertThat(ArmFailures.steady("x".repeat(1000))).hasSize(400);
        for (int status : new int[] {401, 409, 429, 500}) {
            Problem problem = ArmFailures.of(
                    new ArmError(status, "Code", "see https://x/1b2c after '10' seconds", Optional.empty()),
                    ArmAction.READ_CLUSTER,
                    SCOPE);
            assertThat(problem.message()).doesNotContain("1b2c").doesNotContain("'10'");
        }
    }

    @Test
    void keepsWhatArmAsksToWait() {
        ArmError error = new ArmError(429, "SubscriptionRequestsThrottled", "", Optional.of(Duration.ofSeconds(10)));
        assertThat(ArmFailures.of(error, ArmAction.READ_CLUSTER, SCOPE).retryAfter())
                .contains(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | PT10S",
                "0 | PT0S",
                "Mon, 23 Nov 2026 12:00:30 GMT | PT30S",
                "Mon, 23 Nov 2026 11:00:00 GMT | PT0S",
                "soon | ",
                "-5 | ",
            })
    void readsRetryAfter(String header, Duration wait) {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(ArmFailures.retryAfter(header, now)).isEqualTo(Optional.ofNullable(wait));
    }

    static Stream<Arguments> exceptions() {
        return Stream.of(
                Arguments.of(
                        new RuntimeException(new ExecutionException(new MsalClientException(
                                "AADSTS700016: Application with identifier 'x' was not found. Trace ID: abc", "x"))),
                        Reason.AZURE_CREDENTIAL_FAILED,
                        "AADSTS700016"),
                Arguments.of(
                        new ClientAuthenticationException("no managed identity endpoint", null),
                        Reason.AZURE_CREDENTIAL_FAILED,
                        "no managed identity endpoint"),
                Arguments.of(
                        new RuntimeException(new MsalClientException(new HttpTimeoutException("timed out"))),
                        Reason.AZURE_CREDENTIAL_FAILED,
                        "in time"),
                Arguments.of(
                        new UncheckedIOException(
                                (IOException) new ConnectException().initCause(new UnresolvedAddressException())),
                        Reason.AZURE_UNAVAILABLE,
                        "DNS"),
                Arguments.of(new UncheckedIOException(new ConnectException()), Reason.AZURE_UNAVAILABLE, "refuses"),
                Arguments.of(new RuntimeException(new HttpTimeoutException("x")), Reason.AZURE_UNAVAILABLE, "in time"),
                Arguments.of(
                        new RuntimeException(new SSLHandshakeException("PKIX path building failed")),
                        Reason.AZURE_UNAVAILABLE,
                        "PKIX path building failed"),
                Arguments.of(new UncheckedIOException(new IOException("x")), Reason.AZURE_UNAVAILABLE, "broke"),
                Arguments.of(new IllegalStateException("x"), Reason.INTERNAL_ERROR, "IllegalStateException"));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void knowsWhyThereIsNoAnswer(RuntimeException exception, Reason reason, String text) {
        Problem problem = ArmExceptions.of(exception, ArmAction.READ_CLUSTER, SCOPE, FakeClock.START);
        assertThat(problem.reason()).isEqualTo(reason);
        assertThat(problem.message()).contains(text).doesNotContain("Trace ID");
    }
}
