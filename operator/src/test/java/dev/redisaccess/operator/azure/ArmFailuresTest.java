package dev.redisaccess.operator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.ClientAuthenticationException;
import com.microsoft.aad.msal4j.MsalClientException;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.MessageForm;
import dev.redisaccess.operator.binding.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmFailuresTest {

    private static final String SCOPE = Samples.ORDERS.path();

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "401, AuthenticationFailed, AZURE_CREDENTIAL_FAILED",
        "401, InvalidAuthenticationToken, AZURE_CREDENTIAL_FAILED",
        "401, ExpiredAuthenticationToken, AZURE_CREDENTIAL_FAILED",
        "403, AuthorizationFailed, AZURE_FORBIDDEN",
        "403, LinkedAuthorizationFailed, AZURE_FORBIDDEN",
        "403, Forbidden, AZURE_REQUEST_REFUSED",
        "403, '', AZURE_REQUEST_REFUSED",
        "403, DenyAssignmentAuthorizationFailed, AZURE_REQUEST_REFUSED",
        "403, NeverHeardOfAuthorizationFailed, AZURE_REQUEST_REFUSED",
        "403, RequestDisallowedByPolicy, AZURE_REQUEST_REFUSED",
        "404, SubscriptionNotFound, AZURE_RESOURCE_NOT_FOUND",
        "404, ResourceGroupNotFound, AZURE_RESOURCE_NOT_FOUND",
        "404, ResourceNotFound, AZURE_RESOURCE_NOT_FOUND",
        "404, ParentResourceNotFound, AZURE_RESOURCE_NOT_FOUND",
        "404, AccessPolicyAssignmentNotFound, AZURE_RESOURCE_NOT_FOUND",
        "404, '', AZURE_REQUEST_REFUSED",
        "404, NeverHeardOf, AZURE_REQUEST_REFUSED",
        "404, InvalidResourceType, AZURE_REQUEST_REFUSED",
        "400, BadRequest, AZURE_REQUEST_REFUSED",
        "400, NoRegisteredProviderFound, AZURE_REQUEST_REFUSED",
        "405, '', AZURE_REQUEST_REFUSED",
        "408, RequestTimeout, AZURE_UNAVAILABLE",
        "409, AnotherOperationInProgress, ASSIGNMENT_FAILED",
        "409, Conflict, AZURE_REQUEST_REFUSED",
        "409, ReadOnlyDisabledSubscription, AZURE_REQUEST_REFUSED",
        "409, NeverHeardOf, AZURE_REQUEST_REFUSED",
        "409, '', AZURE_REQUEST_REFUSED",
        "409, ScopeLocked, AZURE_REQUEST_REFUSED",
        "429, SubscriptionRequestsThrottled, AZURE_THROTTLED",
        "500, InternalServerError, AZURE_UNAVAILABLE",
        "502, '', AZURE_UNAVAILABLE",
        "503, ServerTimeout, AZURE_UNAVAILABLE",
        "504, GatewayTimeout, AZURE_UNAVAILABLE",
    })
    void classifiesErrors(int status, String code, Reason reason) {
        Problem problem = ArmFailures.of(
                new ArmFailures.ArmError(status, code, "Said so.", Optional.empty()),
                ArmAction.WRITE_ASSIGNMENT,
                SCOPE);
        assertThat(problem.reason()).isEqualTo(reason);
        MessageForm.assertKept(problem.message());
        assertThat(problem.message())
                .contains(String.valueOf(status))
                .contains(code)
                .contains("Said so.");
    }

    @Test
    void namesTheMissingActionAndScope() {
        String said = "The client '5f' with object id '5f' does not have authorization to perform action"
                + " 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write' over scope '" + SCOPE
                + "/accessPolicyAssignments/x' or the scope is invalid. If access was recently granted, please refresh"
                + " your credentials.";
        Problem problem = ArmFailures.of(
                new ArmFailures.ArmError(403, "AuthorizationFailed", said, Optional.empty()),
                ArmAction.WRITE_ASSIGNMENT,
                SCOPE);
        assertThat(problem.message())
                .contains("`Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write`")
                .contains("`" + SCOPE + "/accessPolicyAssignments/x`");
        Problem silent = ArmFailures.of(
                new ArmFailures.ArmError(403, "AuthorizationFailed", "", Optional.empty()),
                ArmAction.READ_CLUSTER,
                SCOPE);
        assertThat(silent.message())
                .contains("`Microsoft.Cache/redisEnterprise/read`")
                .contains("`" + SCOPE + "`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The resource 'orders' is busy processing a previous update request or is undergoing system maintenance.",
                "Another change is in progress."
            })
    void classifiesAConflictAsBusyOnlyWhereItsMessageSaysSo(String sentence) {
        Problem problem = ArmFailures.of(
                new ArmFailures.ArmError(409, "Conflict", sentence, Optional.empty()),
                ArmAction.WRITE_ASSIGNMENT,
                SCOPE);
        assertThat(problem.reason()).isEqualTo(Reason.ASSIGNMENT_FAILED);
        assertThat(problem.message()).contains(sentence);
    }

    @Test
    void claimsNoMissingRoleWhereADenyAssignmentRefuses() {
        String said = "The client '2757f107-2ba0-4dc6-a6ed-5bc08b354230' with object id"
                + " '1e715a9b-c378-4012-bc84-98b35beb9444' has permission to perform action"
                + " 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/delete' on scope '" + SCOPE
                + "/accessPolicyAssignments/x'; however, the access is denied because of the deny assignment with name"
                + " 'Deny assignment created by Deployment Stack platform-redis' and Id"
                + " '11aa22bb33cc44dd55ee66ff77889900' at scope '" + SCOPE + "'.";
        Problem problem = ArmFailures.of(
                new ArmFailures.ArmError(403, "DenyAssignmentAuthorizationFailed", said, Optional.empty()),
                ArmAction.DELETE_ASSIGNMENT,
                SCOPE);
        assertThat(problem.message())
                .contains("`Deny assignment created by Deployment Stack platform-redis`")
                .contains("has permission to perform action")
                .doesNotContain("lacks")
                .doesNotContain("Assign the operator's role");
    }

    @Test
    void claimsNoOtherOperationWhereASubscriptionIsReadOnly() {
        String said = "The subscription 'x' is disabled and therefore marked as read only. You cannot perform any write"
                + " actions on this subscription until it is re-enabled.";
        Problem problem = ArmFailures.of(
                new ArmFailures.ArmError(409, "ReadOnlyDisabledSubscription", said, Optional.empty()),
                ArmAction.WRITE_ASSIGNMENT,
                SCOPE);
        assertThat(problem.message())
                .isEqualTo("Azure refused the request (409 ReadOnlyDisabledSubscription): " + said);
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
                    new ArmFailures.ArmError(status, "Code", "see https://x/1b2c after '10' seconds", Optional.empty()),
                    ArmAction.READ_CLUSTER,
                    SCOPE);
            assertThat(problem.message()).doesNotContain("1b2c").doesNotContain("'10'");
        }
    }

    @Test
    void keepsRetryAfter() {
        ArmFailures.ArmError error =
                new ArmFailures.ArmError(429, "SubscriptionRequestsThrottled", "", Optional.of(Duration.ofSeconds(10)));
        assertThat(ArmFailures.of(error, ArmAction.READ_CLUSTER, SCOPE).retryAfter())
                .contains(Duration.ofSeconds(10));
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
                Arguments.of(
                        new UncheckedIOException(new IOException("x")), Reason.AZURE_UNAVAILABLE, "was interrupted"),
                Arguments.of(new IllegalStateException("x"), Reason.INTERNAL_ERROR, "IllegalStateException"));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void classifiesExceptions(RuntimeException exception, Reason reason, String text) {
        Problem problem = ArmExceptions.of(exception, ArmAction.READ_CLUSTER, SCOPE);
        assertThat(problem.reason()).isEqualTo(reason);
        MessageForm.assertKept(problem.message());
        assertThat(problem.message()).contains(text).doesNotContain("Trace ID");
    }
}
