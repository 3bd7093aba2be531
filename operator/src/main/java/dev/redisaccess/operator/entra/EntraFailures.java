package dev.redisaccess.operator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.http.BodyTooLarge;
import dev.redisaccess.operator.tls.UntrustedCertificate;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
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
        List<Throwable> chain = chain(failure);
        if (has(chain, SSLException.class)) {
            return tls(chain);
        }
        if (has(chain, BodyTooLarge.class)) {
            return Problem.of(
                    Reason.ENTRA_UNAVAILABLE,
                    authority() + " sent a larger response than Entra does. Look for a proxy between the operator and"
                            + " it, and check `AZURE_AUTHORITY_HOST`.");
        }
        String what = "cannot be reached";
        if (has(chain, UnresolvedAddressException.class) || has(chain, java.net.UnknownHostException.class)) {
            what = "was not found in DNS";
        } else if (has(chain, HttpTimeoutException.class) || has(chain, TimeoutException.class)) {
            what = "did not answer in time";
        } else if (has(chain, java.net.ConnectException.class)) {
            what = "refuses the connection";
        }
        return Problem.of(
                Reason.ENTRA_UNAVAILABLE,
                authority() + " " + what + ". Check the operator's egress to it, and `AZURE_AUTHORITY_HOST`.");
    }

    private Problem tls(List<Throwable> chain) {
        Throwable deepest = chain.get(chain.size() - 1);
        boolean untrusted = chain.stream()
                .anyMatch(cause -> cause instanceof java.security.cert.CertPathBuilderException
                        || cause instanceof java.security.cert.CertPathValidatorException
                        || cause instanceof java.security.cert.CertificateException);
        String text = EntraText.clean(String.valueOf(deepest.getMessage()), assertion.secret());
        return untrusted
                ? Problem.of(
                        Reason.TLS_UNTRUSTED,
                        "The certificate of the Entra authority `" + host() + "` is not trusted (" + text + "). "
                                + UntrustedCertificate.advice(chain))
                : Problem.of(
                        Reason.ENTRA_UNAVAILABLE,
                        "The TLS connection to the Entra authority `" + host() + "` failed (" + text
                                + "). Check the proxies and firewalls between the operator and it.");
    }

    private Problem ofError(int status, JsonNode json) {
        String error = json.path("error").textValue();
        String description = EntraText.clean(json.path("error_description").asText(""), assertion.secret());
        OptionalInt code = code(json);
        Reason reason = reason(status, error, code);
        String said = description.isEmpty()
                ? "error `" + EntraText.clean(error, assertion.secret()) + "`, HTTP " + status
                        + (code.isPresent() ? ", AADSTS" + code.getAsInt() : "")
                : description;
        return Problem.of(reason, advice(reason) + " Entra answered: " + SafeQuote.sentence(said));
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
                reason.meaning() + " First check that the client ID `" + clientId
                        + "` is the workload's: it comes from the binding's `spec.clientId` or, without that, from the"
                        + " ServiceAccount's annotation `azure.workload.identity/client-id`. A federated credential lets this"
                        + " ServiceAccount log in as that identity. If that is intended, add a federated credential with"
                        + " exactly " + assertion.federation() + "; it takes some minutes to work.";
            case FEDERATION_ISSUER_FORBIDDEN -> reason.meaning() + " The issuer is `" + assertion.issuer() + "`.";
            case IDENTITY_NOT_FOUND ->
                "No identity with the client ID `" + clientId + "` was found in the tenant `" + settings.tenant()
                        + "`. Correct the binding's `spec.clientId` or the ServiceAccount's annotation"
                        + " `azure.workload.identity/client-id`, or create the identity.";
            case TENANT_NOT_FOUND, WRONG_CLOUD ->
                reason.meaning() + " The tenant is `" + settings.tenant() + "`, the authority `" + host() + "`.";
            case ASSERTION_SIGNATURE_INVALID, ISSUER_UNREACHABLE ->
                reason.meaning() + " `/.well-known/openid-configuration` of the issuer `" + assertion.issuer()
                        + "`, and the keys that it names, must be public and current.";
            case REDIS_RESOURCE_UNKNOWN -> reason.meaning() + " The scope is `" + settings.scope() + "`.";
            default -> reason.meaning();
        };
    }

    private Problem ofShape(int status, JsonNode json) {
        if (status == 429) {
            return Problem.of(
                    Reason.ENTRA_THROTTLED, authority() + " limits the rate of requests. The operator waits.");
        }
        if (json.isObject() && status < 500) {
            return Problem.of(
                    Reason.TOKEN_EXCHANGE_FAILED,
                    authority() + " answered HTTP " + status
                            + " with JSON that has neither a token nor an error. Check `AZURE_AUTHORITY_HOST`.");
        }
        return Problem.of(
                Reason.ENTRA_UNAVAILABLE,
                authority() + " answered HTTP " + status
                        + (status < 500
                                ? " without JSON. Look for a proxy between the operator and it, and check"
                                        + " `AZURE_AUTHORITY_HOST`."
                                : ": it is down or overloaded, or a proxy cannot reach it. Wait."));
    }

    private String authority() {
        return "The Entra authority `" + host() + "`";
    }

    private String host() {
        return settings.authority().getHost();
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && chain.size() < 20; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
