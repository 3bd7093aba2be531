package dev.redisaccess.operator.status;

import dev.redisaccess.operator.binding.SafeQuote;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why the API server refused a request, for messages. Pure. */
public final class KubernetesRefusal {

    /** Room for the names in a refusal, and for the text of an admission webhook. */
    private static final int LONGEST_QUOTE = 400;

    /**
     * What the RBAC authorizer's refusals have in common, in every version since 1.6: {@code User "…" cannot create resource
     * "…" in API group "…"}. Quotas, admission policies and webhooks answer with the same status code and other sentences.
     */
    private static final Pattern BY_RBAC = Pattern.compile("User \"[^\"]*\" cannot [a-z]+ resource \"");

    private KubernetesRefusal() {}

    /** Whether RBAC refused it: only then does it help to name a rule. A quota or an admission policy is also a 403. */
    private static boolean refusedByRbac(KubernetesClientException refusal) {
        return refusal.getCode() == 403 && BY_RBAC.matcher(said(refusal)).find();
    }

    /**
     * A message that begins with the answer of the API server, and ends with an advice that helps only where RBAC refused.
     *
     * @param rule the rule that is required, a sentence that follows on the message
     */
    public static String first(KubernetesClientException refusal, String then, String rule) {
        return "Kubernetes answered: " + SafeQuote.sentence(of(refusal)) + " "
                + (refusedByRbac(refusal) ? then + rule : then);
    }

    /** The answer of the API server, else why it was not reached, else the status code. */
    public static String of(KubernetesClientException refusal) {
        return SafeQuote.quote(said(refusal), LONGEST_QUOTE);
    }

    private static String said(KubernetesClientException refusal) {
        return Optional.ofNullable(refusal.getStatus())
                .map(Status::getMessage)
                .or(() -> Optional.ofNullable(refusal.getCause()).map(Throwable::toString))
                .orElse("HTTP " + refusal.getCode());
    }
}
