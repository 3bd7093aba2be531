package dev.redisaccess.operator.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.CauseChain;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisReadOnlyException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of failures: outermost exception first, as Lettuce wraps them. */
class RedisFailuresTest {

    private static final RedisFailures FAILURES = new RedisFailures(
            new Endpoint("orders.westus2.redis.azure.net", 10000), Optional.of("the public address `20.1.2.3`"));

    static Stream<Arguments> table() {
        return Stream.of(
                arguments(new UnknownHostException("x: Name or service not known"), Phase.DNS, Reason.HOST_NOT_FOUND),
                arguments(
                        new UnknownHostException("x: Temporary failure in name resolution"),
                        Phase.DNS,
                        Reason.DNS_TIMEOUT),
                arguments(new ConnectException("Connection refused: x"), Phase.TCP, Reason.CONNECTION_REFUSED),
                arguments(new ConnectTimeoutException("connection timed out"), Phase.TCP, Reason.CONNECT_TIMEOUT),
                arguments(new NoRouteToHostException("No route to host"), Phase.TCP, Reason.CONNECT_TIMEOUT),
                arguments(
                        tls("PKIX path building failed", new CertPathBuilderException("unable to find valid path")),
                        Phase.TLS,
                        Reason.TLS_UNTRUSTED),
                arguments(
                        tls(
                                "No subject alternative",
                                new CertificateException("No subject alternative DNS name matching X")),
                        Phase.TLS,
                        Reason.TLS_HOSTNAME_MISMATCH),
                arguments(
                        tls(
                                "no",
                                new CertificateException("No subject alternative names matching IP address 10.0.0.1")),
                        Phase.TLS,
                        Reason.TLS_HOSTNAME_MISMATCH),
                arguments(
                        tls(
                                "PKIX path validation failed",
                                new CertPathValidatorException(
                                        "validity", new CertificateExpiredException("NotAfter"))),
                        Phase.TLS,
                        Reason.TLS_CERTIFICATE_EXPIRED),
                arguments(
                        tls("PKIX", new CertificateNotYetValidException("NotBefore")),
                        Phase.TLS,
                        Reason.TLS_CERTIFICATE_EXPIRED),
                arguments(alert("certificate_required"), Phase.TLS, Reason.TLS_REJECTED_BY_SERVER),
                arguments(alert("protocol_version"), Phase.TLS, Reason.TLS_REJECTED_BY_SERVER),
                arguments(alert("handshake_failure"), Phase.TLS, Reason.TLS_REJECTED_BY_SERVER),
                arguments(
                        new SslHandshakeTimeoutException("handshake timed out after 10000ms"),
                        Phase.TLS,
                        Reason.TLS_HANDSHAKE_TIMEOUT),
                arguments(new NotSslRecordException("not an SSL/TLS record"), Phase.TLS, Reason.ENCRYPTION_DISABLED),
                arguments(new SocketException("Connection reset"), Phase.TLS, Reason.CONNECTION_RESET),
                arguments(
                        new RedisConnectionException("Connection closed prematurely"),
                        Phase.LOGIN,
                        Reason.CONNECTION_CLOSED),
                arguments(new ClosedChannelException(), Phase.LOGIN, Reason.CONNECTION_CLOSED),
                arguments(
                        new RedisCommandTimeoutException("Connection initialization timed out after 3 second(s)"),
                        Phase.LOGIN,
                        Reason.HANDSHAKE_TIMEOUT),
                arguments(reply("WRONGPASS invalid username-password pair"), Phase.LOGIN, Reason.NOT_AUTHORIZED),
                arguments(reply("ERR WRONGPASS invalid username-password pair"), Phase.LOGIN, Reason.NOT_AUTHORIZED),
                arguments(reply("NOAUTH Authentication required."), Phase.LOGIN, Reason.INTERNAL_ERROR),
                arguments(
                        new NullPointerException("Cannot invoke \"io.lettuce.core.RedisCredentials.hasPassword()\""),
                        Phase.LOGIN,
                        Reason.INTERNAL_ERROR),
                arguments(new CompletionException(reply("WRONGPASS no")), Phase.LOGIN, Reason.NOT_AUTHORIZED),
                arguments(reply("NOPROTO unsupported protocol version"), Phase.LOGIN, Reason.PROTOCOL_UNSUPPORTED),
                arguments(reply("ERR unknown command 'HELLO'"), Phase.LOGIN, Reason.PROTOCOL_UNSUPPORTED),
                arguments(reply("ERR max number of clients reached"), Phase.LOGIN, Reason.TOO_MANY_CONNECTIONS),
                arguments(new RedisLoadingException("LOADING Redis is loading"), Phase.LOGIN, Reason.SERVER_LOADING),
                arguments(reply("NOPERM this user has no permissions"), Phase.COMMAND, Reason.PERMISSION_DENIED),
                arguments(reply("MOVED 3999 10.0.0.4:8501"), Phase.COMMAND, Reason.LOGIN_FAILED),
                arguments(reply("CROSSSLOT Keys in request"), Phase.COMMAND, Reason.CLUSTER_NOT_READY),
                arguments(reply("CLUSTERDOWN Hash slot not served"), Phase.COMMAND, Reason.CLUSTER_NOT_READY),
                arguments(reply("MASTERDOWN Link with MASTER is down"), Phase.COMMAND, Reason.CLUSTER_NOT_READY),
                arguments(
                        new RedisReadOnlyException("READONLY You can't write"),
                        Phase.COMMAND,
                        Reason.CLUSTER_NOT_READY),
                arguments(reply("OOM command not allowed"), Phase.COMMAND, Reason.LOGIN_FAILED),
                arguments(
                        new RedisCommandTimeoutException("Command timed out after 1 second(s)"),
                        Phase.COMMAND,
                        Reason.COMMAND_TIMEOUT),
                arguments(
                        new RedisException("Currently not connected. Commands are rejected."),
                        Phase.COMMAND,
                        Reason.CONNECTION_CLOSED),
                arguments(new IllegalStateException("something new"), Phase.COMMAND, Reason.LOGIN_FAILED));
    }

    @ParameterizedTest(name = "{0} is {2}")
    @MethodSource("table")
    void eachRowIsRecognisedUnderItsWrappers(Throwable failure, Phase phase, Reason reason) {
        for (Throwable wrapped : List.of(
                failure,
                new RedisConnectionException("Unable to connect to orders:10000", failure),
                suppressed(
                        new RedisConnectionException("Unable to establish a connection to Redis Cluster"), failure))) {
            Problem problem = FAILURES.of(wrapped, phase);
            assertThat(problem.reason()).as(problem.message()).isEqualTo(reason);
            assertThat(problem.message())
                    .startsWith("Redis at `orders.westus2.redis.azure.net:10000`: ")
                    .endsWith(".");
        }
    }

    @Test
    void theDeepestKnownCauseDecides() {
        Throwable failure = new RedisConnectionException(
                "Connection closed prematurely",
                tls("PKIX path building failed", new CertPathBuilderException("no path")));

        assertThat(FAILURES.of(failure, Phase.TLS).reason()).isEqualTo(Reason.TLS_UNTRUSTED);
    }

    @Test
    void aPublicAddressIsNamedWhereItMayBeTheCause() {
        assertThat(FAILURES.ofDeadline(Phase.TCP).message()).contains("resolved to the public address `20.1.2.3`");
        assertThat(FAILURES.ofDeadline(Phase.COMMAND).message()).doesNotContain("20.1.2.3");
    }

    @Test
    void masksAndTokensDoNotReachTheMessage() {
        String said = RedisFailures.quote("Unable to connect to rediss://user:" + "*".repeat(1700)
                + "@host\nwith eyJhbGciOiJub25lIn0.eyJvaWQiOiJ4In0.sig");

        assertThat(said).isEqualTo("Unable to connect to rediss://user:***@host with (token)");
        assertThat(RedisFailures.quote("x".repeat(1000))).hasSize(300);
    }

    @Test
    void aCircleOfCausesEnds() {
        Throwable one = new IllegalStateException("one");
        one.addSuppressed(new IllegalStateException("two", one));

        assertThat(CauseChain.of(one).deepestFirst()).hasSize(2);
    }

    @Test
    void shardPortsAreDistinctAndSorted() {
        List<Object> slots = List.of(
                List.of(0L, 8191L, List.of("10.0.0.4", 8501L, "a"), List.of("10.0.0.5", 8502L, "b")),
                List.of(8192L, 16383L, List.of("10.0.0.5", 8500L, "c"), List.of("10.0.0.4", 8501L, "a")));

        assertThat(ShardReachability.ports(slots)).containsExactly(8500, 8501, 8502);
        assertThat(ShardReachability.ports(List.of("something", List.of(1L)))).isEmpty();
    }

    private static Throwable tls(String message, Throwable cause) {
        SSLHandshakeException failure = new SSLHandshakeException(message);
        failure.initCause(cause);
        return failure;
    }

    private static Throwable alert(String name) {
        return new CompletionException(new SSLHandshakeException("(" + name + ") Received fatal alert: " + name));
    }

    private static Throwable reply(String message) {
        return new RedisCommandExecutionException(message);
    }

    private static Throwable suppressed(Throwable outer, Throwable failure) {
        outer.addSuppressed(failure);
        return outer;
    }
}
