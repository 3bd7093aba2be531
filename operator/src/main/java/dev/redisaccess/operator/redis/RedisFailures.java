package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.binding.port.CauseChain;
import dev.redisaccess.operator.tls.UntrustedCertificate;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.ConnectException;
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
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Classifies a failed verification: the deepest exception that is known decides, or else the phase. Pure.
 *
 * @param resolved the address of its host, for messages; empty before DNS has answered
 */
record RedisFailures(Endpoint endpoint, Optional<String> resolved) {

    private static final String CHECK_PATH = "Check proxies and firewalls between the operator and Redis.";

    private static final int LONGEST_QUOTE = 300;

    /** Lettuce masks a password with one star for each character of the token. */
    private static final Pattern MASK = Pattern.compile("\\*{4,}");

    /**
     * An error reply of Redis. Its word may be anywhere in the message, since some services put {@code ERR} before it. Words:
     * redis.io/docs/latest/develop/reference/protocol-spec (errors) and the server's source.
     *
     * @param text before the quoted reply
     */
    private record ErrorReply(Pattern word, Reason reason, String text) {

        private static final List<ErrorReply> TABLE = List.of(
                of("WRONGPASS", Reason.NOT_AUTHORIZED, "the login is refused"),
                of("NOAUTH", Reason.INTERNAL_ERROR, "the operator sent a command without a login"),
                of("NOPERM", Reason.PERMISSION_DENIED, "the login works, but its access string denies a command"),
                of("NOPROTO|unknown command .?HELLO", Reason.PROTOCOL_UNSUPPORTED, "the server does not support RESP3"),
                of(
                        "max number of clients reached",
                        Reason.TOO_MANY_CONNECTIONS,
                        "the database has reached its limit of connections"),
                of("LOADING", Reason.SERVER_LOADING, "Redis is loading its data"),
                of("MOVED", Reason.LOGIN_FAILED, "the database requires a cluster-aware client"),
                of("CROSSSLOT|CLUSTERDOWN|MASTERDOWN", Reason.CLUSTER_NOT_READY, "the shards are not ready"),
                of("READONLY", Reason.CLUSTER_NOT_READY, "a read-only replica answered, as during a failover"),
                of("OOM", Reason.LOGIN_FAILED, "the login works, but the database has no memory left"));

        private static ErrorReply of(String word, Reason reason, String text) {
            return new ErrorReply(Pattern.compile("\\b(" + word + ")\\b"), reason, text);
        }
    }

    /** Of an exception. */
    Problem of(Throwable failure, Phase phase) {
        CauseChain chain = CauseChain.of(failure);
        // "NXDOMAIN" is a cause of the exception that says that a name was not found: the pair decides, not the
        // deepest.
        if (chain.has(UnknownHostException.class)) {
            return ofDns(chain);
        }
        return chain.deepestFirst().stream()
                .flatMap(cause -> known(cause, phase, chain).stream())
                .findFirst()
                .orElseGet(() -> problem(
                        Reason.LOGIN_FAILED,
                        "the verification failed in the phase " + phase + " with `"
                                + quote(chain.rootCause().toString()) + "`."));
    }

    /** Of a deadline that passed in this phase. */
    Problem ofDeadline(Phase phase) {
        return problem(phase.timeoutReason(), phase.timeoutText() + address(phase) + ".");
    }

    private Optional<Problem> known(Throwable cause, Phase phase, CauseChain chain) {
        if (cause instanceof RedisCommandExecutionException) {
            return ofReply(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof SSLException || cause instanceof java.security.GeneralSecurityException) {
            return ofTls(cause, chain);
        }
        return ofTransport(cause, phase);
    }

    private Problem ofDns(CauseChain chain) {
        boolean timeout = chain.has(DnsNameResolverTimeoutException.class);
        String texts =
                chain.deepestFirst().stream().map(String::valueOf).reduce("", (one, other) -> one + "\n" + other);
        boolean refused = chain.has(DnsErrorCauseException.class) && !texts.contains("NXDOMAIN");
        if (timeout || refused || texts.contains("Temporary failure in name resolution")) {
            return problem(
                    Reason.DNS_TIMEOUT,
                    "DNS " + (refused ? "answered with an error" : "did not answer")
                            + " for this host name. Check the DNS of the cluster.");
        }
        return problem(
                Reason.HOST_NOT_FOUND,
                "the host name does not exist in DNS. If the database has a private endpoint, link the private DNS zone"
                        + " `privatelink.redis.azure.net` to the network of the cluster.");
    }

    private Optional<Problem> ofReply(String message) {
        return ErrorReply.TABLE.stream()
                .filter(error -> error.word().matcher(message).find())
                .findFirst()
                .map(error -> problem(error.reason(), error.text() + ". Redis answered `" + quote(message) + "`."));
    }

    private Optional<Problem> ofTls(Throwable cause, CauseChain chain) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof SslHandshakeTimeoutException) {
            return Optional.of(ofDeadline(Phase.TLS));
        }
        if (cause instanceof NotSslRecordException || message.contains("Unsupported or unrecognized SSL message")) {
            return Optional.of(problem(
                    Reason.ENCRYPTION_DISABLED,
                    "the server answers the TLS handshake in plaintext. Create the database with `clientProtocol` Encrypted,"
                            + " or correct the port."));
        }
        if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
            return Optional.of(problem(
                    Reason.TLS_CERTIFICATE_EXPIRED,
                    "the server's certificate has expired or is not valid yet (`" + quote(message)
                            + "`). Check the clock of the operator's node, then the certificate."));
        }
        if (message.contains("No subject alternative") || message.contains("No name matching")) {
            return Optional.of(
                    problem(
                            Reason.TLS_HOSTNAME_MISMATCH,
                            "the server's certificate is for another name (`" + quote(message) + "`)"
                                    + address(Phase.TLS)
                                    + ". Use the host name that Azure reports, and let DNS resolve it to the private endpoint."));
        }
        return ofTrust(cause, message, chain);
    }

    private Optional<Problem> ofTrust(Throwable cause, String message, CauseChain chain) {
        if (cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException
                || cause instanceof CertificateException
                || message.contains("PKIX path")) {
            return Optional.of(problem(
                    Reason.TLS_UNTRUSTED,
                    "the server's certificate is not signed by an authority that the operator trusts (`"
                            + quote(message) + "`)" + address(Phase.TLS) + ". "
                            + UntrustedCertificate.advice(chain.deepestFirst())));
        }
        if (message.contains("Received fatal alert") || message.contains("(handshake_failure)")) {
            return Optional.of(problem(
                    Reason.TLS_REJECTED_BY_SERVER,
                    "the server ended the TLS handshake (`" + quote(message) + "`)" + address(Phase.TLS) + ". "
                            + CHECK_PATH));
        }
        if (message.contains("closed") || message.contains("terminated the handshake")) {
            return Optional.of(closed());
        }
        return Optional.empty();
    }

    private Optional<Problem> ofTransport(Throwable cause, Phase phase) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ConnectTimeoutException) {
            return Optional.of(ofDeadline(Phase.TCP));
        }
        if (cause instanceof SocketException) {
            return Optional.of(ofSocket(cause, message));
        }
        if (cause instanceof RedisCommandTimeoutException || cause instanceof TimeoutException) {
            return Optional.of(
                    ofDeadline(message.contains("initialization") && phase == Phase.COMMAND ? Phase.LOGIN : phase));
        }
        if (cause instanceof ClosedChannelException
                || message.contains("Connection closed")
                || message.contains("Connection disconnected")
                || message.contains("Currently not connected")) {
            return Optional.of(closed());
        }
        if (cause instanceof NullPointerException && message.contains("RedisCredentials")) {
            return Optional.of(problem(Reason.INTERNAL_ERROR, "the operator had no credentials to send."));
        }
        return Optional.empty();
    }

    private Problem ofSocket(Throwable cause, String message) {
        if (cause instanceof ConnectException && message.contains("refused")) {
            return problem(
                    Reason.CONNECTION_REFUSED,
                    "the host refuses connections on this port" + address(Phase.TCP)
                            + ". Check the port and firewalls.");
        }
        if (message.contains("reset")) {
            return problem(
                    Reason.CONNECTION_RESET, "the connection was reset" + address(Phase.TCP) + ". " + CHECK_PATH);
        }
        return problem(
                Reason.CONNECT_TIMEOUT,
                "the host can't be reached (`" + quote(message) + "`)" + address(Phase.TCP)
                        + ". Check egress policies, firewalls and routes.");
    }

    private Problem closed() {
        return problem(
                Reason.CONNECTION_CLOSED,
                "the server closed the connection early, as it does during maintenance. If that lasts, check proxies and"
                        + " firewalls between the operator and Redis.");
    }

    /** Until TLS is established, the address that DNS returned is half of the diagnosis. */
    private String address(Phase phase) {
        return phase == Phase.TCP || phase == Phase.TLS
                ? resolved.map(text -> "; its name resolved to " + text).orElse("")
                : "";
    }

    private Problem problem(Reason reason, String text) {
        return Problem.of(reason, "Redis at `" + endpoint + "`: " + text);
    }

    /** Foreign text, without a mask of thousands of stars. */
    static String quote(String message) {
        return SafeQuote.quote(MASK.matcher(message).replaceAll("***"), LONGEST_QUOTE);
    }
}
