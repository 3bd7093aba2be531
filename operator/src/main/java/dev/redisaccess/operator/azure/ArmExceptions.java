package dev.redisaccess.operator.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.microsoft.aad.msal4j.MsalException;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.CauseChain;
import dev.redisaccess.operator.binding.RequestReference;
import dev.redisaccess.operator.http.BodyTooLarge;
import dev.redisaccess.operator.tls.UntrustedCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
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

    static Problem of(RuntimeException exception, ArmAction action, String scope) {
        CauseChain chain = CauseChain.of(exception);
        // The credential is asked within the call, so its failures come out of the same door. azure-identity wraps
        // MSAL's exceptions in varying depths: azure-identity 1.19.0.
        Optional<Problem> credential = credential(chain);
        if (credential.isPresent()) {
            return credential.get();
        }
        for (Throwable link : chain.outermostFirst()) {
            if (link instanceof HttpResponseException answered && answered.getResponse() != null) {
                return answered.getResponse().getStatusCode() < FIRST_ERROR
                        ? unreadable()
                        : referred(ArmFailures.of(error(answered), action, scope), answered.getResponse());
            }
        }
        return chain.deepestFirst().stream().anyMatch(ArmExceptions::isFromReadingJson) ? unreadable() : unanswered(chain);
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
    static ArmError error(HttpResponseException exception) {
        HttpResponse response = exception.getResponse();
        Optional<ManagementError> body = Optional.ofNullable(exception.getValue())
                .filter(ManagementError.class::isInstance)
                .map(ManagementError.class::cast);
        return new ArmError(
                response.getStatusCode(),
                body.map(ManagementError::getCode).orElse(""),
                body.map(ManagementError::getMessage).orElse(""),
                AzureHttp.retryAfter(response));
    }

    /** Whether ARM does not have the api-version that was asked for, for this type or in this region. */
    static boolean refusesVersion(HttpResponseException exception) {
        return exception.getResponse() != null
                && ArmFailures.VERSION_REFUSED.contains(error(exception).code());
    }

    private static Optional<Problem> credential(CauseChain chain) {
        return chain.outermostFirst().stream()
                .filter(link -> link instanceof MsalException || link instanceof ClientAuthenticationException)
                .findFirst()
                .map(failure -> Problem.of(
                        Reason.AZURE_CREDENTIAL_FAILED,
                        "The operator could not get a token for Azure Resource Manager"
                                + credentialDetail(chain, failure)));
    }

    private static String credentialDetail(CauseChain chain, Throwable failure) {
        for (Throwable link : chain.outermostFirst()) {
            Matcher code = AADSTS.matcher(Optional.ofNullable(link.getMessage()).orElse(""));
            if (code.find()) {
                // Entra's sentence follows the code; the ids and the time of the attempt follow the sentence.
                return " (" + code.group() + ")"
                        + ArmFailures.steady(link.getMessage().substring(code.end()));
            }
        }
        return chain.has(IOException.class, UnresolvedAddressException.class, TimeoutException.class)
                ? ": " + unanswered(chain).message()
                : ": "
                        + ArmFailures.steady(Optional.ofNullable(failure.getMessage())
                                .orElse(failure.getClass().getSimpleName()));
    }

    /** The most telling link counts, wherever in the chain it is: the JDK hides an unknown host in a refused connection. */
    private static Problem unanswered(CauseChain chain) {
        if (chain.has(UnknownHostException.class, UnresolvedAddressException.class)) {
            return unavailable("The host name of Azure does not resolve: check the DNS of the cluster");
        }
        Optional<SSLException> tls = chain.find(SSLException.class);
        if (tls.isPresent()) {
            String advice = chain.has(CertificateException.class)
                    ? UntrustedCertificate.advice(chain.outermostFirst())
                    : "Check what inspects TLS on the way.";
            return unavailable("TLS with Azure failed ("
                    + ArmFailures.steady(String.valueOf(tls.get().getMessage())) + "). " + advice);
        }
        if (chain.has(BodyTooLarge.class)) {
            return unavailable(
                    "What answered in the place of Azure sent more than an answer of Azure can have: look for a"
                            + " proxy on the way, or at REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT");
        }
        if (chain.deepestFirst().stream().anyMatch(ArmExceptions::isRefusedTunnel)) {
            return unavailable(
                    "The proxy did not connect to Azure: check HTTPS_PROXY, its user and password, and what the"
                            + " proxy allows");
        }
        if (chain.has(HttpTimeoutException.class, TimeoutException.class)) {
            return unavailable("Azure did not answer in time: check the egress of the cluster");
        }
        if (chain.has(ConnectException.class)) {
            return unavailable("Azure refuses the connection: check the egress of the cluster");
        }
        if (chain.has(IOException.class)) {
            return unavailable("The connection to Azure broke: check the egress of the cluster");
        }
        return Problem.of(
                Reason.INTERNAL_ERROR,
                "The call to Azure ended with an unexpected "
                        + chain.rootCause().getClass().getSimpleName());
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
        return unavailable("What answered in the place of Azure is not its JSON: look for a proxy on the way, or at"
                + " REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT");
    }

    private static Problem unavailable(String message) {
        return Problem.of(Reason.AZURE_UNAVAILABLE, message);
    }
}
