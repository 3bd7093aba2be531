package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.CauseChain;
import dev.redisaccess.operator.http.BodyTooLarge;
import dev.redisaccess.operator.http.TokenProxy;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Classifies failed exchanges with an AKS cluster's token proxy. It returns the answers of Entra, which have an AADSTS code, and
 * answers of its own. Those are not documented: so their text is reported, and only the status decides the reason.
 */
final class TokenProxyFailures implements ExchangeFailures {

    private static final String CHECK_EGRESS =
            " Check the operator's egress to the API server, and the chart's NetworkPolicy.";

    private final TokenProxy proxy;
    private final Assertion assertion;
    private final ClientId clientId;
    private final EntraFailures entra;

    /**
     * @param assertion that was sent: its secret is removed from messages
     * @param clientId the requested identity
     */
    TokenProxyFailures(TokenProxy proxy, EntraSettings settings, Assertion assertion, ClientId clientId) {
        this.proxy = proxy;
        this.assertion = assertion;
        this.clientId = clientId;
        this.entra = new EntraFailures(settings, assertion, clientId.value());
    }

    @Override
    public Problem ofAnswer(int status, String body, Optional<Duration> retryAfter) {
        if (EntraFailures.isOfEntra(body)) {
            Problem problem = entra.ofAnswer(status, body, retryAfter);
            return switch (problem.reason()) {
                case FEDERATION_NOT_MATCHED,
                        FEDERATION_ISSUER_MISMATCH,
                        FEDERATION_AUDIENCE_MISMATCH,
                        FEDERATION_SUBJECT_MISMATCH -> missing("Entra answered:" + described(body) + ".");
                default -> problem;
            };
        }
        Problem problem = ofProxy(status, "HTTP " + status + described(body));
        return retryAfter.map(problem::retryAfter).orElse(problem);
    }

    private Problem ofProxy(int status, String answer) {
        if (status == 429 || status >= 500) {
            return unreachable(" answered " + answer + ". Wait: the operator retries automatically.");
        }
        if (status < 400) {
            return unreachable(
                    " answered " + answer
                            + " without a token. Check proxies between the operator and it, and `AZURE_KUBERNETES_TOKEN_PROXY`.");
        }
        if (status == 404) {
            return missing("The token proxy answered: " + answer + ".");
        }
        return Problem.of(
                Reason.TOKEN_PROXY_REFUSED,
                "The token proxy `" + proxy.host() + "` refused the exchange for the identity `" + clientId + "`: "
                        + answer
                        + ". Check that this cluster has an identity binding for it, `az aks identity-binding list`, and"
                        + " that the ServiceAccount may use it.");
    }

    private Problem missing(String answer) {
        return Problem.of(
                Reason.IDENTITY_BINDING_MISSING,
                "This cluster has no identity binding for the identity `" + clientId + "`, or the identity lost its"
                        + " federated credential `aks-identity-binding`. An Azure administrator must run `az aks"
                        + " identity-binding create --resource-group GROUP --cluster-name CLUSTER --name NAME"
                        + " --managed-identity-resource-id ID`, with the resource ID of that identity; a new one takes some"
                        + " minutes to work. " + answer);
    }

    @Override
    public Problem ofException(Throwable failure) {
        CauseChain chain = CauseChain.of(failure);
        if (chain.has(CertificateException.class)) {
            return untrusted(chain);
        }
        if (chain.has(SSLException.class)) {
            return unreachable(" failed the TLS handshake (`"
                    + assertion.cleaned(String.valueOf(chain.rootCause().getMessage()))
                    + "`). Check `AZURE_KUBERNETES_TOKEN_PROXY` and `AZURE_KUBERNETES_SNI_NAME` of the operator.");
        }
        if (chain.has(BodyTooLarge.class)) {
            return unreachable(" sent a larger answer than Entra does. Check `AZURE_KUBERNETES_TOKEN_PROXY`.");
        }
        return unreachable(" " + EntraFailures.cause(chain) + "." + CHECK_EGRESS);
    }

    private Problem untrusted(CauseChain chain) {
        return Problem.of(
                Reason.TOKEN_PROXY_UNTRUSTED,
                "The certificate of the token proxy `" + proxy.host() + "` was refused (`"
                        + assertion.cleaned(String.valueOf(chain.rootCause().getMessage()))
                        + "`). It must be signed by the authority in `AZURE_KUBERNETES_CA_FILE` or"
                        + " `AZURE_KUBERNETES_CA_DATA`, and be for the name in `AZURE_KUBERNETES_SNI_NAME`. The workload"
                        + " identity webhook sets them when the operator's pod is created: restart the pod, or correct the"
                        + " chart's values.");
    }

    private Problem unreachable(String text) {
        return Problem.of(Reason.TOKEN_PROXY_UNREACHABLE, "The token proxy `" + proxy.host() + "`" + text);
    }

    /** The text of an answer, after the status: the OAuth description, else the message of a Kubernetes Status, else all. */
    private String described(String body) {
        var json = JsonWebToken.object(body);
        String text = json.path("error_description")
                .asText(json.path("message").asText(json.path("error").asText(body)));
        String clean = assertion.cleaned(text.strip());
        return clean.isEmpty() ? "" : " `" + clean + "`";
    }
}
