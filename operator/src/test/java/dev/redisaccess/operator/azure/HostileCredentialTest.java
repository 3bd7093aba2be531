package dev.redisaccess.operator.azure;

import static dev.redisaccess.operator.azure.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.http.RawServer;
import dev.redisaccess.operator.tls.TestAuthority;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server in the place of Entra for the operator's own credential, through azure-identity and MSAL. */
@Timeout(60)
class HostileCredentialTest {

    @TempDir
    private Path directory;

    private final TestAuthority authority = new TestAuthority();
    private RawServer entra;
    private RawServer arm;

    @BeforeEach
    void start() {
        entra = new RawServer(authority);
        arm = new RawServer(authority);
    }

    @AfterEach
    void stop() {
        entra.close();
        arm.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void refusesABodyThatNeverEnds(int status) throws Exception {
        entra.responds(RawServer.endless(status));
        assertThat(problem().reason()).isEqualTo(Reason.AZURE_CREDENTIAL_FAILED);
        assertThat(arm.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Retry-After: 999999999", "x-ms-retry-after-ms: 999999999999", "retry-after-ms: 999999999999"})
    void sleepsForNoServer(String header) throws Exception {
        for (int status : new int[] {429, 503}) {
            entra.responds(RawServer.text(status, "{\"error\":\"temporarily_unavailable\"}", header));
            assertThat(problem().reason()).isEqualTo(Reason.AZURE_CREDENTIAL_FAILED);
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        entra.responds(RawServer.text(307, "", "Location: " + arm.url() + "/token"));
        assertThat(problem().reason()).isEqualTo(Reason.AZURE_CREDENTIAL_FAILED);
        assertThat(arm.requests()).isEmpty();
    }

    private Problem problem() throws Exception {
        HttpClient http = authority.client(directory);
        Path token = Files.writeString(directory.resolve("token"), "e30.e30.c2ln");
        var credential = new OperatorCredential(
                        OperatorCredential.Kind.WORKLOAD_IDENTITY,
                        Optional.of(entra.url()),
                        TenantId.parse("11111111-1111-1111-1111-111111111111"),
                        ClientId.parse("22222222-2222-2222-2222-222222222222"),
                        Optional.of(token))
                .build(AzureHttp.forEntra(http, Clock.systemUTC()));
        Result<?> result = new ArmControlPlane(
                        credential,
                        new ArmEndpoint(arm.url()),
                        AzureHttp.forArm(http, Clock.systemUTC()),
                        new Subscriptions(Clock.systemUTC(), Telemetry.NONE),
                        Clock.systemUTC())
                .listAssignments(ORDERS);
        assertThat(result).isInstanceOf(Result.Failed.class);
        return ((Result.Failed<?>) result).problem();
    }
}
