package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.SafeQuote;
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
 * What a failed check means: the deepest throwable that is known decides, and the phase where none is. Pure.
 *
 * @param endpoint which Redis
 * @param resolved what DNS said of its host; empty before it did
 */
record RedisFailures(Endpoint endpoint, Optional<String> resolved) {

    private static final int MAX_SAID = 300;

    private static final String CHECK_NETWORK = "Check the proxies and firewalls between the operator and Redis.";

    /** Lettuce masks a password with one star for each character of the token. */
    private static final Pattern MASK = Pattern.compile("\\*{4,}");

    /** An exception on the way. */
    Problem of(Throwable failure, Phase phase) {
        List<Throwable> chain = FailureChain.deepestFirst(failure);
        // "NXDOMAIN" hangs below the exception that says that a name was not found: the pair decides, not the deepest.
        Optional<Problem> dns = chain.stream()
                .filter(UnknownHostException.class::isInstance)
                .findFirst()
                .map(notFound -> ofDns(chain));
        return dns.or(() -> chain.stream()
                        .flatMap(cause -> known(cause, phase, chain).stream())
                        .findFirst())
                .orElseGet(() -> problem(
                        Reason.LOGIN_FAILED,
                        "could not be verified in the phase `" + phase + "`: "
                                + SafeQuote.sentence(said(chain.get(0).toString()))));
    }

    /** The deadline passed in this phase. */
    Problem ofDeadline(Phase phase) {
        return problem(phase.timeoutReason(), phase.timeoutText() + where(phase) + ".");
    }

    private Optional<Problem> known(Throwable cause, Phase phase, List<Throwable> chain) {
        if (cause instanceof RedisCommandExecutionException) {
            return ofReply(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof SSLException || cause instanceof java.security.GeneralSecurityException) {
            return ofTls(cause, chain);
        }
        return ofTransport(cause, phase);
    }

    private Problem ofDns(List<Throwable> chain) {
        boolean timeout = chain.stream().anyMatch(DnsNameResolverTimeoutException.class::isInstance);
        String texts = chain.stream().map(String::valueOf).reduce("", (one, other) -> one + "\n" + other);
        boolean refused =
                chain.stream().anyMatch(DnsErrorCauseException.class::isInstance) && !texts.contains("NXDOMAIN");
        if (timeout || refused || texts.contains("Temporary failure in name resolution")) {
            return problem(
                    Reason.DNS_TIMEOUT,
                    "was not resolved: DNS " + (refused ? "returned an error" : "did not answer")
                            + ". Check the DNS of the cluster.");
        }
        return problem(
                Reason.HOST_NOT_FOUND,
                "was not found in DNS. If the database has a private endpoint, link the private DNS zone"
                        + " `privatelink.redis.azure.net` to the network of the cluster.");
    }

    private Optional<Problem> ofReply(String message) {
        return RespError.of(message)
                .map(error -> problem(
                        error.reason(), error.text() + " Redis answered: " + SafeQuote.sentence(said(message))));
    }

    private Optional<Problem> ofTls(Throwable cause, List<Throwable> chain) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof SslHandshakeTimeoutException) {
            return Optional.of(ofDeadline(Phase.TLS));
        }
        if (cause instanceof NotSslRecordException || message.contains("Unsupported or unrecognized SSL message")) {
            return Optional.of(problem(
                    Reason.ENCRYPTION_DISABLED,
                    "answers the TLS handshake in plaintext. Create the database with `clientProtocol: Encrypted`, or"
                            + " correct the port."));
        }
        if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
            return Optional.of(problem(
                    Reason.TLS_CERTIFICATE_EXPIRED,
                    "has a certificate that is expired or not valid yet (" + said(message)
                            + "). Check the clock of the operator's node, then the certificate."));
        }
        if (message.contains("No subject alternative") || message.contains("No name matching")) {
            return Optional.of(
                    problem(
                            Reason.TLS_HOSTNAME_MISMATCH,
                            "has a certificate for another host name (" + said(message) + ")" + where(Phase.TLS)
                                    + ". Use the host name that Azure reports, and let DNS resolve it to the private endpoint."));
        }
        return ofTrust(cause, message, chain);
    }

    private Optional<Problem> ofTrust(Throwable cause, String message, List<Throwable> chain) {
        if (cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException
                || cause instanceof CertificateException
                || message.contains("PKIX path")) {
            return Optional.of(problem(
                    Reason.TLS_UNTRUSTED,
                    "has a certificate that no authority signed that the operator trusts (" + said(message) + ")"
                            + where(Phase.TLS) + ". " + UntrustedCertificate.advice(chain)));
        }
        if (message.contains("Received fatal alert") || message.contains("(handshake_failure)")) {
            return Optional.of(problem(
                    Reason.TLS_REJECTED_BY_SERVER,
                    "ended the TLS handshake (" + said(message) + ")" + where(Phase.TLS) + ". " + CHECK_NETWORK));
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
        if (cause instanceof ConnectException && message.contains("refused")) {
            return Optional.of(problem(
                    Reason.CONNECTION_REFUSED,
                    "refuses connections" + where(Phase.TCP) + ". Check the port and firewalls."));
        }
        if (cause instanceof SocketException && message.contains("reset")) {
            return Optional.of(
                    problem(Reason.CONNECTION_RESET, "reset the connection" + where(Phase.TCP) + ". " + CHECK_NETWORK));
        }
        if (cause instanceof SocketException) {
            return Optional.of(problem(
                    Reason.CONNECT_TIMEOUT,
                    "cannot be reached (" + said(message) + ")" + where(Phase.TCP)
                            + ". Check egress policies, firewalls and routes."));
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
            return Optional.of(
                    problem(Reason.INTERNAL_ERROR, "was not verified: the operator had no credentials to send."));
        }
        return Optional.empty();
    }

    private Problem closed() {
        return problem(
                Reason.CONNECTION_CLOSED,
                "closed the connection early, as it does in maintenance. Wait. " + CHECK_NETWORK);
    }

    /** The address, for failures before TLS is established: the usual cause is a missing private DNS zone. */
    private String where(Phase phase) {
        return phase == Phase.TCP || phase == Phase.TLS
                ? resolved.map(text -> "; its name resolved to " + text).orElse("")
                : "";
    }

    private Problem problem(Reason reason, String text) {
        return Problem.of(reason, "`" + endpoint + "` " + text);
    }

    /** The server's text, without a mask of thousands of stars. */
    static String said(String message) {
        return SafeQuote.quote(MASK.matcher(message).replaceAll("***"), MAX_SAID);
    }
}
