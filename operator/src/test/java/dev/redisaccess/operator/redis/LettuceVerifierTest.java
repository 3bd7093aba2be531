package dev.redisaccess.operator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Verifier.Login;
import dev.redisaccess.operator.tls.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verification against a front that fails in each way, with a real redis-server behind it. */
class LettuceVerifierTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    static Path directory;

    private static VerifierFixture redis;

    @BeforeAll
    static void start() {
        redis = new VerifierFixture(directory, ClusteringPolicy.EnterpriseCluster);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void heal() {
        redis.front.clearFaults();
    }

    @Test
    void logsInAsTheWorkloadAndTimesEachStep() {
        WorkloadToken token = redis.token();

        Login login = redis.succeeds(token);

        assertThat(login.user()).isEqualTo(token.principal().objectId().value());
        assertThat(login.redisVersion()).matches("\\d+[.]\\d+.*");
        assertThat(List.of(login.connect(), login.authenticate(), login.command()))
                .allSatisfy(step -> assertThat(step).isPositive().isLessThan(VerifierFixture.PATIENCE));
    }

    @Test
    void aRefusedLoginIsNotAuthorized() {
        Problem problem = redis.fails(VerifierFixture.strangersToken());

        assertThat(problem.reason()).isEqualTo(Reason.NOT_AUTHORIZED);
        assertThat(problem.message()).contains("localhost:" + redis.front.port(), "WRONGPASS");
    }

    @Test
    void aLoginAsAnotherPrincipalIsAUserMismatch() {
        WorkloadToken token = redis.token();
        redis.becomes(token, redis.token().principal().objectId());

        Problem problem = redis.fails(token);

        assertThat(problem.reason()).isEqualTo(Reason.USER_MISMATCH);
        assertThat(problem.message()).contains(token.principal().objectId().value());
    }

    @Test
    void aNarrowAccessStringIsPermissionDenied() {
        Problem problem = redis.fails(redis.token("+@read ~cache:*"));

        assertThat(problem.reason()).isEqualTo(Reason.PERMISSION_DENIED);
        assertThat(problem.message()).contains("the login works", "NOPERM");
    }

    @Test
    void aDeniedPingIsPermissionDenied() {
        redis.front.fault(new RedisFault.DenyCommands(List.of("ping")));

        assertThat(redis.fails(redis.token()).reason()).isEqualTo(Reason.PERMISSION_DENIED);
    }

    @Test
    void aUserWithoutInfoHasAGoodLoginWithoutVersion() {
        redis.front.fault(new RedisFault.DenyCommands(List.of("info")));

        assertThat(redis.succeeds(redis.token()).redisVersion()).isEmpty();
    }

    @Test
    void aLoadingServerIsReportedAsLoading() {
        redis.front.fault(new RedisFault.Loading());

        assertThat(redis.fails(redis.token()).reason()).isEqualTo(Reason.SERVER_LOADING);
    }

    @Test
    void aFullServerHasTooManyConnections() {
        redis.front.fault(new RedisFault.TooManyClients());

        assertThat(redis.fails(redis.token()).reason()).isEqualTo(Reason.TOO_MANY_CONNECTIONS);
    }

    @Test
    void aClosedPortRefusesAndTheAddressIsNamed() {
        redis.front.fault(new RedisFault.RefuseConnections());

        Problem problem = redis.fails(redis.token());

        assertThat(problem.reason()).isEqualTo(Reason.CONNECTION_REFUSED);
        assertThat(problem.message()).contains("resolved to the private address `127.0.0.1`");
    }

    @Test
    void aSilentServerIsATlsHandshakeTimeout() {
        redis.front.fault(new RedisFault.StaySilent());

        assertThat(redis.fails(redis.token(), SHORT).reason()).isEqualTo(Reason.TLS_HANDSHAKE_TIMEOUT);
    }

    @Test
    void aResetInTheHandshakeIsAReset() {
        redis.front.fault(new RedisFault.ResetDuringHandshake());

        assertThat(redis.fails(redis.token()).reason()).isIn(Reason.CONNECTION_RESET, Reason.CONNECTION_CLOSED);
    }

    @Test
    void aPlaintextPortIsDetected() {
        redis.front.fault(new RedisFault.SpeakPlaintext());

        assertThat(redis.fails(redis.token(), SHORT).reason())
                .isIn(Reason.ENCRYPTION_DISABLED, Reason.TLS_HANDSHAKE_TIMEOUT, Reason.CONNECTION_CLOSED);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsUntrusted() {
        redis.front.fault(new RedisFault.ServeCertificate(new TestAuthority().serverFor(VerifierFixture.HOST)));

        Problem problem = redis.fails(redis.token());

        assertThat(problem.reason()).isEqualTo(Reason.TLS_UNTRUSTED);
        assertThat(problem.message()).contains("REDIS_ACCESS_CA_BUNDLE");
    }

    @Test
    void aCertificateForAnotherNameIsAMismatch() {
        redis.front.fault(new RedisFault.ServeCertificate(redis.authority.serverFor("other.example")));

        assertThat(redis.fails(redis.token()).reason()).isEqualTo(Reason.TLS_HOSTNAME_MISMATCH);
    }

    @Test
    void anExpiredCertificateIsExpired() {
        Instant yesterday = Instant.now().minus(Duration.ofHours(1));
        redis.front.fault(new RedisFault.ServeCertificate(redis.authority.serverFor(VerifierFixture.HOST, yesterday)));

        assertThat(redis.fails(redis.token()).reason()).isEqualTo(Reason.TLS_CERTIFICATE_EXPIRED);
    }

    @Test
    void aVerificationSucceedsAsSoonAsTheFaultIsGone() {
        WorkloadToken token = redis.token();
        redis.front.fault(new RedisFault.RefuseEveryLogin());
        assertThat(redis.fails(token).reason()).isEqualTo(Reason.NOT_AUTHORIZED);

        redis.front.clearFaults();

        assertThat(redis.succeeds(token).user())
                .isEqualTo(token.principal().objectId().value());
    }
}
