package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.port.Deadline;
import dev.redisaccess.operator.status.KubernetesRefusal;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Requests a ServiceAccount's token for Entra from Kubernetes (TokenRequest). */
final class ServiceAccountAssertions {

    /** The shortest life that the API server allows. */
    private static final long LIFE_SECONDS = 600;

    private final KubernetesClient kubernetes;

    ServiceAccountAssertions(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /**
     * Blocks at most until the deadline.
     *
     * @param federation whose audience the token has
     */
    Result<Assertion> assertionOf(ServiceAccountKey account, Federation federation, Deadline deadline) {
        try {
            TokenRequest issued = Attempt.of(kubernetes, deadline)
                    .serviceAccounts()
                    .inNamespace(account.namespace())
                    .withName(account.name())
                    .tokenRequest(new TokenRequestBuilder()
                            .withNewSpec()
                            .withAudiences(federation.audience())
                            .withExpirationSeconds(LIFE_SECONDS)
                            .endSpec()
                            .build());
            return Optional.ofNullable(issued)
                    .map(TokenRequest::getStatus)
                    .flatMap(status -> Optional.ofNullable(status.getToken()))
                    .map(token -> Result.ok(Assertion.of(token, account, federation.audience())))
                    .orElseGet(() -> failed(account, "the answer has no token."));
        } catch (KubernetesClientException e) {
            return refused(account, e);
        }
    }

    private static Result<Assertion> refused(ServiceAccountKey account, KubernetesClientException e) {
        if (e.getCode() == 404) {
            return Result.failed(Problem.of(
                    Reason.SERVICE_ACCOUNT_NOT_FOUND,
                    "ServiceAccount `" + account.name() + "` does not exist in namespace `" + account.namespace()
                            + "`. Create it, or correct `spec.serviceAccountName` in a new binding."));
        }
        if (e.getCode() == 403) {
            String failed = "No token was issued for ServiceAccount `" + account.name() + "` in namespace `"
                    + account.namespace() + "`.";
            return Result.failed(Problem.of(
                    Reason.TOKEN_REQUEST_FORBIDDEN, KubernetesRefusal.first(e, failed, missingRule(account))));
        }
        return failed(account, SafeQuote.sentence(KubernetesRefusal.of(e)));
    }

    private static String missingRule(ServiceAccountKey account) {
        return " A Role in namespace `" + account.namespace()
                + "`, bound to the operator's ServiceAccount, must have the"
                + " rule `{apiGroups: [\"\"], resources: [\"serviceaccounts/token\"], resourceNames: [\""
                + account.name()
                + "\"], verbs: [\"create\"]}`.";
    }

    private static Result<Assertion> failed(ServiceAccountKey account, String why) {
        return Result.failed(Problem.of(
                Reason.TOKEN_REQUEST_FAILED,
                "Kubernetes issued no token for ServiceAccount `" + account.name() + "` in namespace `"
                        + account.namespace() + "`: " + why));
    }
}
