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

/** Classifies failed exchanges with Entra. */
final class EntraFailures implements ExchangeFailures {

    private static final String CHECK_PROXIES =
            "Check proxies between the operator and it, and `AZURE_AUTHORITY_HOST`.";

    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d{5,7})");

    private final EntraSettings settings;
    private final Assertion assertion;
    private final String clientId;
    private final String otherWay;

    /**
     * @param assertion that was sent: its claims are named in messages, and its secret is removed from them
     * @param clientId the requested identity
     */
    EntraFailures(EntraSettings settings, Assertion assertion, String clientId) {
        this(settings, assertion, clientId, "");
    }

    /** @param otherWay a sentence for where no federated credential matches: what else than one would help; or empty text */
    EntraFailures(EntraSettings settings, Assertion assertion, String clientId, String otherWay) {
        this.settings = settings;
        this.assertion = assertion;
        this.clientId = clientId;
        this.otherWay = otherWay;
    }

    @Override
    public Problem ofAnswer(int status, String body, Optional<Duration> retryAfter) {
        JsonNode json = JsonWebToken.object(body);
        Problem problem = json.path("error").isTextual() ? ofError(status, json) : ofShape(status, json);
        return retryAfter.map(problem::retryAfter).orElse(problem);
    }

    /** Some messages of the JDK are null, so the host is named here. */
    @Override
    public Problem ofException(Throwable failure) {
        CauseChain chain = CauseChain.of(failure);
        if (chain.has(SSLException.class)) {
            return tls(chain);
        }
        if (chain.has(BodyTooLarge.class)) {
            return unavailable(" sent a larger answer than Entra does. " + CHECK_PROXIES);
        }
        return unavailable(" " + cause(chain) + ". Check the operator's egress to it and `AZURE_AUTHORITY_HOST`.");
    }

    /** What happened to the connection: the rest of a sentence that begins with the server. */
    static String cause(CauseChain chain) {
        if (chain.has(UnresolvedAddressException.class, UnknownHostException.class)) {
            return "was not found in DNS";
        }
        if (chain.has(HttpTimeoutException.class, TimeoutException.class)) {
            return "did not answer in time";
        }
        return chain.has(ConnectException.class) ? "refuses the connection" : "can't be reached";
    }

    private Problem tls(CauseChain chain) {
        boolean untrusted =
                chain.has(CertPathBuilderException.class, CertPathValidatorException.class, CertificateException.class);
        String text = assertion.cleaned(String.valueOf(chain.rootCause().getMessage()));
        return untrusted
                ? Problem.of(
                        Reason.TLS_UNTRUSTED,
                        "The certificate of the Entra authority `" + host() + "` is not trusted (`" + text + "`). "
                                + UntrustedCertificate.advice(chain.deepestFirst()))
                : Problem.of(
                        Reason.ENTRA_UNAVAILABLE,
                        "The TLS connection to the Entra authority `" + host() + "` failed (`" + text
                                + "`). Check proxies and firewalls between the operator and it.");
    }

    private Problem ofError(int status, JsonNode json) {
        String error = json.path("error").textValue();
        String description = assertion.cleaned(json.path("error_description").asText(""));
        OptionalInt code = code(json);
        Reason reason = reason(status, error, code);
        String answer = description.isEmpty()
                ? "error `" + assertion.cleaned(error) + "`, HTTP " + status
                        + (code.isPresent() ? ", AADSTS" + code.getAsInt() : "")
                : description;
        return Problem.of(reason, advice(reason) + " Entra answered: " + answer + (answer.endsWith(".") ? "" : "."));
    }

    private Reason reason(int status, String error, OptionalInt code) {
        if (status == 429) {
            return Reason.ENTRA_THROTTLED;
        }
        Optional<Reason> known = code.isPresent() ? knownReason(code.getAsInt()) : Optional.empty();
        return known.orElseGet(
                () -> transientError(status, error) ? Reason.ENTRA_UNAVAILABLE : Reason.TOKEN_EXCHANGE_FAILED);
    }

    /**
     * The reason of an AADSTS code; empty for an unknown one. Entra's documentation says that codes may change and must not be
     * depended on: they select a message, the OAuth error and the HTTP status decide the rest. Codes:
     * learn.microsoft.com/entra/identity-platform/reference-error-codes.
     */
    private static Optional<Reason> knownReason(int code) {
        return Optional.ofNullable(
                switch (code) {
                    case 70021 -> Reason.FEDERATION_NOT_MATCHED;
                    case 700211 -> Reason.FEDERATION_ISSUER_MISMATCH;
                    case 700212 -> Reason.FEDERATION_AUDIENCE_MISMATCH;
                    case 700213 -> Reason.FEDERATION_SUBJECT_MISMATCH;
                    case 700214 -> Reason.FEDERATION_ISSUER_FORBIDDEN;
                    case 700016, 700011, 70001 -> Reason.IDENTITY_NOT_FOUND;
                    case 90002 -> Reason.TENANT_NOT_FOUND;
                    case 90038, 900382, 900432 -> Reason.WRONG_CLOUD;
                    case 700024 -> Reason.ASSERTION_EXPIRED;
                    case 700027, 50012, 50006 -> Reason.ASSERTION_SIGNATURE_INVALID;
                    case 90061 -> Reason.ISSUER_UNREACHABLE;
                    // The last two are about a client secret, which is never sent: the application is configured for
                    // one.
                    case 700025, 7000215, 7000222 -> Reason.APPLICATION_MISCONFIGURED;
                    case 500011, 650057, 50001, 70011 -> Reason.REDIS_RESOURCE_UNKNOWN;
                    case 50020 -> Reason.PRINCIPAL_NOT_ALLOWED;
                    case 53003, 530035 -> Reason.BLOCKED_BY_POLICY;
                    case 50196, 90055 -> Reason.ENTRA_THROTTLED;
                    case 90033, 90024, 90006, 90012, 50000 -> Reason.ENTRA_UNAVAILABLE;
                    default -> null;
                });
    }

    /** Whether an answer is one of Entra, not of something in front of it: it has an AADSTS code. */
    static boolean isOfEntra(String body) {
        JsonNode json = JsonWebToken.object(body);
        return json.path("error").isTextual() && code(json).isPresent();
    }

    private static boolean transientError(int status, String error) {
        return status >= 500 || "temporarily_unavailable".equals(error) || "server_error".equals(error);
    }

    /** The first code of the list with a reason of its own, or else the first one, or else the one in the text. */
    private static OptionalInt code(JsonNode json) {
        List<Integer> codes = new ArrayList<>();
        json.path("error_codes").forEach(node -> codes.add(node.asInt()));
        Matcher matcher = AADSTS.matcher(json.path("error_description").asText(""));
        while (matcher.find()) {
            codes.add(Integer.valueOf(matcher.group(1)));
        }
        for (int code : codes) {
            if (knownReason(code).isPresent()) {
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
                        + "` is meant for this workload: it comes from the binding's `spec.clientId` or, without that, from the"
                        + " ServiceAccount's annotation `azure.workload.identity/client-id`. A federated credential lets this"
                        + " ServiceAccount become that identity. If it is meant, add one to it with exactly "
                        + assertion.federation() + "; a new one takes some minutes to work." + otherWay;
            case FEDERATION_ISSUER_FORBIDDEN -> reason.meaning() + " The issuer is `" + assertion.issuer() + "`.";
            case IDENTITY_NOT_FOUND ->
                "The tenant `" + settings.tenant() + "` has no identity with the client ID `" + clientId
                        + "`. Correct the binding's `spec.clientId` or the ServiceAccount's annotation"
                        + " `azure.workload.identity/client-id`, or create the identity.";
            case TENANT_NOT_FOUND, WRONG_CLOUD ->
                reason.meaning() + " The tenant is `" + settings.tenant() + "`, the authority `" + host() + "`.";
            case ASSERTION_SIGNATURE_INVALID, ISSUER_UNREACHABLE ->
                reason.meaning() + " It is `" + assertion.issuer()
                        + "`. Its /.well-known/openid-configuration and keys must be public and current.";
            case REDIS_RESOURCE_UNKNOWN -> reason.meaning() + " The scope is `" + settings.scope() + "`.";
            default -> reason.meaning();
        };
    }

    private Problem ofShape(int status, JsonNode json) {
        if (status == 429) {
            return Problem.of(Reason.ENTRA_THROTTLED, sentence(" throttles requests."));
        }
        if (json.isObject() && status < 500) {
            return Problem.of(
                    Reason.TOKEN_EXCHANGE_FAILED,
                    sentence(" answered HTTP " + status
                            + " with JSON that has neither a token nor an error. Check `AZURE_AUTHORITY_HOST`."));
        }
        return unavailable(" answered HTTP " + status
                + (status < 500
                        ? " without JSON. " + CHECK_PROXIES
                        : ". It is down or overloaded, or a proxy can't reach it. Wait."));
    }

    private Problem unavailable(String text) {
        return Problem.of(Reason.ENTRA_UNAVAILABLE, sentence(text));
    }

    private String sentence(String text) {
        return "The Entra authority `" + host() + "`" + text;
    }

    private String host() {
        return settings.authority().getHost();
    }
}
