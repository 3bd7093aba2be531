package dev.redisaccess.operator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.CauseChain;
import dev.redisaccess.operator.http.BodyTooLarge;
import dev.redisaccess.operator.tls.UntrustedCertificate;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What an exchange that did not give a token means. Pure: the same answer is always the same problem. */
final class EntraFailures {

    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d{5,7})");

    private final EntraSettings settings;
    private final Assertion assertion;
    private final String clientId;

    /**
     * @param settings which Entra was asked
     * @param assertion what was sent: for what it says, and so that it is never in a text
     * @param clientId the identity that was asked for
     */
    EntraFailures(EntraSettings settings, Assertion assertion, String clientId) {
        this.settings = settings;
        this.assertion = assertion;
        this.clientId = clientId;
    }

    /**
     * An answer that is not a token.
     *
     * @param status the HTTP status
     * @param body as it came
     * @param retryAfter what the header of that name asked for
     */
    Problem ofAnswer(int status, String body, Optional<Duration> retryAfter) {
        JsonNode json = JsonWebToken.object(body);
        Problem problem = json.path("error").isTextual() ? ofError(status, json) : ofShape(status, json);
        return retryAfter.map(problem::retryAfter).orElse(problem);
    }

    /** An exception on the way. The JDK leaves some messages null, so the host is named here. */
    Problem ofException(Throwable failure) {
        CauseChain chain = CauseChain.of(failure);
        if (chain.has(SSLException.class)) {
            return tls(chain);
        }
        String what = "cannot be reached";
        if (chain.has(BodyTooLarge.class)) {
            return Problem.of(
                    Reason.ENTRA_UNAVAILABLE,
                    "the Entra authority " + host() + " sent more than an answer of Entra can have: look for a proxy"
                            + " between the operator and it, and check AZURE_AUTHORITY_HOST");
        }
        if (chain.has(UnresolvedAddressException.class, UnknownHostException.class)) {
            what = "is not known to DNS";
        } else if (chain.has(HttpTimeoutException.class, TimeoutException.class)) {
            what = "did not answer in time";
        } else if (chain.has(ConnectException.class)) {
            what = "refuses the connection";
        }
        return Problem.of(
                Reason.ENTRA_UNAVAILABLE,
                "the Entra authority " + host() + " " + what + ": check the operator's egress to it"
                        + " and AZURE_AUTHORITY_HOST");
    }

    private Problem tls(CauseChain chain) {
        boolean untrusted = chain.has(
                CertPathBuilderException.class, CertPathValidatorException.class, CertificateException.class);
        String text = EntraText.clean(String.valueOf(chain.rootCause().getMessage()), assertion.secret());
        return untrusted
                ? Problem.of(
                        Reason.TLS_UNTRUSTED,
                        "the certificate of the Entra authority " + host() + " is not trusted (" + text + "). "
                                + UntrustedCertificate.advice(chain.deepestFirst()))
                : Problem.of(
                        Reason.ENTRA_UNAVAILABLE,
                        "no TLS connection to the Entra authority " + host() + " (" + text
                                + "): check what stands between the operator and it");
    }

    private Problem ofError(int status, JsonNode json) {
        String error = json.path("error").textValue();
        String description = EntraText.clean(json.path("error_description").asText(""), assertion.secret());
        OptionalInt code = code(json);
        Reason reason = reason(status, error, code);
        String said = description.isEmpty()
                ? "error '" + EntraText.clean(error, assertion.secret()) + "', HTTP " + status
                        + (code.isPresent() ? ", AADSTS" + code.getAsInt() : "")
                : description;
        return Problem.of(reason, advice(reason) + " Entra says: " + said);
    }

    private Reason reason(int status, String error, OptionalInt code) {
        if (status == 429) {
            return Reason.ENTRA_THROTTLED;
        }
        Optional<Reason> known = code.isPresent() ? EntraCode.reason(code.getAsInt()) : Optional.empty();
        return known.orElseGet(
                () -> transientError(status, error) ? Reason.ENTRA_UNAVAILABLE : Reason.TOKEN_EXCHANGE_FAILED);
    }

    private static boolean transientError(int status, String error) {
        return status >= 500 || "temporarily_unavailable".equals(error) || "server_error".equals(error);
    }

    /** The first code of the list that we know, else the first; else the one in the text. */
    private static OptionalInt code(JsonNode json) {
        List<Integer> codes = new ArrayList<>();
        json.path("error_codes").forEach(node -> codes.add(node.asInt()));
        Matcher matcher = AADSTS.matcher(json.path("error_description").asText(""));
        while (matcher.find()) {
            codes.add(Integer.valueOf(matcher.group(1)));
        }
        for (int code : codes) {
            if (EntraCode.reason(code).isPresent()) {
                return OptionalInt.of(code);
            }
        }
        return codes.stream().mapToInt(Integer::intValue).findFirst();
    }

    private String advice(Reason reason) {
        return switch (reason) {
            case FEDERATION_NOT_MATCHED,
                    FEDERATION_ISSUER_MISMATCH,
                    FEDERATION_AUDIENCE_MISMATCH,
                    FEDERATION_SUBJECT_MISMATCH ->
                reason.meaning() + " First check that the client ID " + clientId
                        + " is meant for this workload: it comes from the binding's `spec.clientId` or, without that, from the"
                        + " ServiceAccount's annotation `azure.workload.identity/client-id`. A federated credential lets this"
                        + " ServiceAccount become that identity. If it is meant, add one to it with exactly "
                        + assertion.federation() + "; a new one takes some minutes to work.";
            case FEDERATION_ISSUER_FORBIDDEN -> reason.meaning() + " The issuer is '" + assertion.issuer() + "'.";
            case IDENTITY_NOT_FOUND ->
                "The tenant " + settings.tenant() + " has no identity with the client id " + clientId
                        + ": correct the binding's `spec.clientId` or the ServiceAccount's annotation"
                        + " `azure.workload.identity/client-id`, or create the identity.";
            case TENANT_NOT_FOUND, WRONG_CLOUD ->
                reason.meaning() + " The tenant is " + settings.tenant() + ", the authority " + host() + ".";
            case ASSERTION_SIGNATURE_INVALID, ISSUER_UNREACHABLE ->
                reason.meaning() + " It is '" + assertion.issuer()
                        + "': its /.well-known/openid-configuration and keys must be public and current.";
            case REDIS_RESOURCE_UNKNOWN -> reason.meaning() + " The scope is " + settings.scope() + ".";
            default -> reason.meaning();
        };
    }

    private Problem ofShape(int status, JsonNode json) {
        if (status == 429) {
            return Problem.of(
                    Reason.ENTRA_THROTTLED, "the Entra authority " + host() + " asks to be called less often");
        }
        if (json.isObject() && status < 500) {
            return Problem.of(
                    Reason.TOKEN_EXCHANGE_FAILED,
                    "the Entra authority " + host() + " answered HTTP " + status
                            + " with JSON that holds neither a token nor an error: check AZURE_AUTHORITY_HOST");
        }
        return Problem.of(
                Reason.ENTRA_UNAVAILABLE,
                "the Entra authority " + host() + " answered HTTP " + status
                        + (status < 500
                                ? " without JSON: a proxy stands between the operator and it, or AZURE_AUTHORITY_HOST is wrong"
                                : ": it is down or overloaded, or a proxy before it cannot reach it. Wait"));
    }

    private String host() {
        return settings.authority().getHost();
    }
}
