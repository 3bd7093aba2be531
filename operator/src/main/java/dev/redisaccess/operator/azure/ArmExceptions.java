package dev.redisaccess.operator.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.microsoft.aad.msal4j.MsalException;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.RequestReference;
import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.http.BodyTooLarge;
import dev.redisaccess.operator.http.RetryAfter;
import dev.redisaccess.operator.tls.UntrustedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What an exception of the Azure SDK means for us: an answer of ARM, a failed credential, or no answer at all. */
final class ArmExceptions {

    private static final Pattern AADSTS = Pattern.compile("AADSTS\\d{5,7}");

    private static final HttpHeaderName CORRELATION = HttpHeaderName.fromString("x-ms-correlation-request-id");
    private static final HttpHeaderName REQUEST = HttpHeaderName.fromString("x-ms-request-id");
    private static final int FIRST_ERROR = 400;

    private ArmExceptions() {}

    static Problem of(RuntimeException exception, ArmAction action, String scope, Instant now) {
        List<Throwable> chain = chain(exception);
        // The credential is asked within the call, so its failures come out of the same door. azure-identity wraps
        // MSAL's exceptions in varying depths: azure-identity 1.19.0.
        Optional<Problem> credential = credential(chain);
        if (credential.isPresent()) {
            return credential.get();
        }
        for (Throwable link : chain) {
            if (link instanceof HttpResponseException answered && answered.getResponse() != null) {
                return answered.getResponse().getStatusCode() < FIRST_ERROR
                        ? unreadable()
                        : referred(ArmFailures.of(error(answered, now), action, scope), answered.getResponse());
            }
        }
        return chain.stream().anyMatch(ArmExceptions::isFromReadingJson) ? unreadable() : unanswered(chain);
    }

    private static Problem referred(Problem problem, HttpResponse response) {
        return RequestReference.of(header(response, CORRELATION), header(response, REQUEST))
                .map(problem::reference)
                .orElse(problem);
    }

    private static Optional<String> header(HttpResponse response, HttpHeaderName name) {
        return Optional.ofNullable(response.getHeaderValue(name));
    }

    /** Reads ARM's answer out of the SDK's exception. */
    static ArmError error(HttpResponseException exception, Instant now) {
        HttpResponse response = exception.getResponse();
        Optional<ManagementError> body = Optional.ofNullable(exception.getValue())
                .filter(ManagementError.class::isInstance)
                .map(ManagementError.class::cast);
        return new ArmError(
                response.getStatusCode(),
                body.map(ManagementError::getCode).orElse(""),
                body.map(ManagementError::getMessage).orElse(""),
                Optional.ofNullable(response.getHeaderValue(HttpHeaderName.RETRY_AFTER))
                        .flatMap(header -> RetryAfter.parse(header, now)));
    }

    /** Whether ARM does not have the api-version that was asked for, for this type or in this region. */
    static boolean refusesVersion(HttpResponseException exception) {
        return exception.getResponse() != null
                && ArmFailures.VERSION_REFUSED.contains(
                        error(exception, Instant.EPOCH).code());
    }

    private static Optional<Problem> credential(List<Throwable> chain) {
        for (Throwable link : chain) {
            if (link instanceof MsalException || link instanceof ClientAuthenticationException) {
                return Optional.of(Problem.of(
                        Reason.AZURE_CREDENTIAL_FAILED,
                        "No token for Azure Resource Manager was issued to the operator"
                                + credentialDetail(chain, link)));
            }
        }
        return Optional.empty();
    }

    private static String credentialDetail(List<Throwable> chain, Throwable failure) {
        for (Throwable link : chain) {
            Matcher code = AADSTS.matcher(Optional.ofNullable(link.getMessage()).orElse(""));
            if (code.find()) {
                // Entra's sentence follows the code; the ids and the time of the attempt follow the sentence.
                return " (" + code.group() + ")"
                        + SafeQuote.sentence(
                                ArmFailures.steady(link.getMessage().substring(code.end())));
            }
        }
        return any(chain, IOException.class, UnresolvedAddressException.class, TimeoutException.class)
                ? ": " + unanswered(chain).message()
                : ": "
                        + SafeQuote.sentence(ArmFailures.steady(Optional.ofNullable(failure.getMessage())
                                .orElse(failure.getClass().getSimpleName())));
    }

    /** The most telling link counts, wherever in the chain it is: the JDK hides an unknown host in a refused connection. */
    private static Problem unanswered(List<Throwable> chain) {
        if (any(chain, UnknownHostException.class, UnresolvedAddressException.class)) {
            return unavailable("The host name of Azure was not found in DNS. Check the DNS of the cluster.");
        }
        Optional<Throwable> tls =
                chain.stream().filter(SSLException.class::isInstance).findFirst();
        if (tls.isPresent()) {
            String advice = any(chain, CertificateException.class)
                    ? UntrustedCertificate.advice(chain)
                    : "Check the proxies between the operator and Azure.";
            return unavailable("The TLS connection to Azure failed ("
                    + ArmFailures.steady(String.valueOf(tls.get().getMessage())) + "). " + advice);
        }
        if (any(chain, BodyTooLarge.class)) {
            return unavailable(
                    "The response is larger than a response of Azure Resource Manager. Look for a proxy, and check"
                            + " `REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT`.");
        }
        if (chain.stream().anyMatch(ArmExceptions::isRefusedTunnel)) {
            return unavailable(
                    "The proxy did not connect to Azure. Check `HTTPS_PROXY`, its user and password, and what the"
                            + " proxy allows.");
        }
        if (any(chain, HttpTimeoutException.class, TimeoutException.class)) {
            return unavailable("Azure did not answer in time. Check the egress of the cluster.");
        }
        if (any(chain, ConnectException.class)) {
            return unavailable("Azure refuses the connection. Check the egress of the cluster.");
        }
        if (any(chain, IOException.class)) {
            return unavailable("The connection to Azure was interrupted. Check the egress of the cluster.");
        }
        return Problem.unexpected("calling Azure", chain.get(chain.size() - 1));
    }

    /**
     * What a body that is not ARM's leads to, after an answer that was no error: an IllegalStateException of azure-json (1.5) or
     * of JacksonAdapter (azure-core 1.61), a ClassCastException of a model that expects an object, or our own.
     */
    private static boolean isFromReadingJson(Throwable link) {
        if (link instanceof EmptyBody) {
            return true;
        }
        boolean type = link instanceof IllegalStateException || link instanceof ClassCastException;
        return type
                && link.getStackTrace().length > 0
                && link.getStackTrace()[0].getClassName().startsWith("com.azure.");
    }

    /** A good answer that must have a body, and has none. */
    static final class EmptyBody extends IllegalStateException {
        private static final long serialVersionUID = 1L;
    }

    /** The JDK has no type for it (17 and 25). */
    private static boolean isRefusedTunnel(Throwable link) {
        String message = String.valueOf(link.getMessage());
        return link instanceof IOException
                && (message.startsWith("Tunnel failed") || message.startsWith("too many authentication attempts"));
    }

    /** A good answer that is not ARM's. */
    static Problem unreadable() {
        return unavailable("The response is not the JSON of Azure Resource Manager. Look for a proxy, and check"
                + " `REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT`.");
    }

    private static Problem unavailable(String message) {
        return Problem.of(Reason.AZURE_UNAVAILABLE, message);
    }

    private static boolean any(List<Throwable> chain, Class<?>... types) {
        return chain.stream().anyMatch(link -> Arrays.stream(types).anyMatch(type -> type.isInstance(link)));
    }

    private static List<Throwable> chain(Throwable exception) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable link = exception; link != null && seen.add(link); link = link.getCause()) {
            if (!(link instanceof UncheckedIOException)) {
                chain.add(link);
            }
        }
        return chain;
    }
}
