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
import dev.redisaccess.operator.binding.port.CauseChain;
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

/** Classifies the exceptions of the Azure SDK: an error of Azure, a failed credential, or no answer. */
final class ArmExceptions {

    private static final Pattern AADSTS = Pattern.compile("AADSTS\\d{5,7}");

    private static final HttpHeaderName CORRELATION = HttpHeaderName.fromString("x-ms-correlation-request-id");
    private static final HttpHeaderName REQUEST = HttpHeaderName.fromString("x-ms-request-id");
    private static final int FIRST_ERROR = 400;

    private static final String CHECK_EGRESS = "Check the egress of the cluster.";

    private static final String CHECK_ENDPOINT =
            "Check proxies between the operator and Azure, and `REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT`.";

    private ArmExceptions() {}

    static Problem of(RuntimeException exception, ArmAction action, String scope) {
        CauseChain chain = CauseChain.of(exception);
        // The SDK requests the token within the call. azure-identity (1.19.0) wraps MSAL's exceptions at various
        // depths.
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
        return chain.deepestFirst().stream().anyMatch(ArmExceptions::isFromReadingJson)
                ? unreadable()
                : unanswered(chain);
    }

    private static Problem referred(Problem problem, HttpResponse response) {
        return RequestReference.of(header(response, CORRELATION), header(response, REQUEST))
                .map(problem::reference)
                .orElse(problem);
    }

    private static Optional<String> header(HttpResponse response, HttpHeaderName name) {
        return Optional.ofNullable(response.getHeaderValue(name));
    }

    static ArmFailures.ArmError error(HttpResponseException exception) {
        HttpResponse response = exception.getResponse();
        Optional<ManagementError> body = Optional.ofNullable(exception.getValue())
                .filter(ManagementError.class::isInstance)
                .map(ManagementError.class::cast);
        return new ArmFailures.ArmError(
                response.getStatusCode(),
                body.map(ManagementError::getCode).orElse(""),
                body.map(ManagementError::getMessage).orElse(""),
                AzureHttp.retryAfter(response));
    }

    /** Whether the api-version is not available, for this type or in this region. */
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
                // Entra's sentence follows the code, and is followed by IDs and the time of the attempt.
                return " (" + code.group() + ")"
                        + SafeQuote.sentence(
                                ArmFailures.steady(link.getMessage().substring(code.end())));
            }
        }
        return ". "
                + (chain.has(IOException.class, UnresolvedAddressException.class, TimeoutException.class)
                        ? unanswered(chain).message()
                        : SafeQuote.sentence(ArmFailures.steady(Optional.ofNullable(failure.getMessage())
                                .orElse(failure.getClass().getSimpleName()))));
    }

    /** The most specific cause counts, at any depth: the JDK wraps an unknown host in a refused connection. */
    private static Problem unanswered(CauseChain chain) {
        if (chain.has(UnknownHostException.class, UnresolvedAddressException.class)) {
            return unavailable("The host name of Azure can't be resolved. Check the DNS of the cluster.");
        }
        Optional<SSLException> tls = chain.find(SSLException.class);
        if (tls.isPresent()) {
            String advice = chain.has(CertificateException.class)
                    ? UntrustedCertificate.advice(chain.outermostFirst())
                    : "Check proxies between the operator and Azure.";
            return unavailable("The TLS connection to Azure failed (`"
                    + ArmFailures.steady(String.valueOf(tls.get().getMessage())) + "`). " + advice);
        }
        if (chain.has(BodyTooLarge.class)) {
            return unavailable("The answer is larger than an answer of Azure can be. " + CHECK_ENDPOINT);
        }
        if (chain.deepestFirst().stream().anyMatch(ArmExceptions::isRefusedTunnel)) {
            return unavailable(
                    "The proxy did not connect to Azure. Check `HTTPS_PROXY`, its user and password, and the rules of the"
                            + " proxy.");
        }
        if (chain.has(HttpTimeoutException.class, TimeoutException.class)) {
            return unavailable("Azure did not answer in time. " + CHECK_EGRESS);
        }
        if (chain.has(ConnectException.class)) {
            return unavailable("Azure refuses the connection. " + CHECK_EGRESS);
        }
        if (chain.has(IOException.class)) {
            return unavailable("The connection to Azure was interrupted. " + CHECK_EGRESS);
        }
        return Problem.of(
                Reason.INTERNAL_ERROR,
                "The call to Azure ended with an unexpected `"
                        + chain.rootCause().getClass().getSimpleName() + "`.");
    }

    /**
     * The exceptions after a successful answer with another body than Azure's: an IllegalStateException of azure-json (1.5) or of
     * JacksonAdapter (azure-core 1.61), a ClassCastException of a model that expects an object, or {@link EmptyBody}.
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

    /** A successful answer that must have a body, and has none. */
    static final class EmptyBody extends IllegalStateException {
        private static final long serialVersionUID = 1L;
    }

    /** The JDK has no type for it (17 and 25). */
    private static boolean isRefusedTunnel(Throwable link) {
        String message = String.valueOf(link.getMessage());
        return link instanceof IOException
                && (message.startsWith("Tunnel failed") || message.startsWith("too many authentication attempts"));
    }

    /** A successful answer that is not Azure's. */
    static Problem unreadable() {
        return unavailable("The answer is not Azure's JSON. " + CHECK_ENDPOINT);
    }

    /** A successful answer with a value that can't be used. */
    static Problem unusable(String message) {
        return unavailable(message + " " + CHECK_ENDPOINT);
    }

    private static Problem unavailable(String message) {
        return Problem.of(Reason.AZURE_UNAVAILABLE, message);
    }
}
