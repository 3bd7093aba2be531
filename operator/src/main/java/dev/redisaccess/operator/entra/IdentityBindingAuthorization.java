package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.binding.IdentityBindingRule;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.port.Deadline;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Reviews whether a ServiceAccount may use an identity binding, as the token proxy does. */
final class IdentityBindingAuthorization {

    private final KubernetesClient kubernetes;

    IdentityBindingAuthorization(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** Empty where the API server does not answer, or refuses the operator the review. Blocks at most until the deadline. */
    Optional<Boolean> allows(IdentityBindingRule rule, Deadline deadline) {
        try {
            SubjectAccessReview reviewed = Attempt.of(kubernetes, deadline)
                    .authorization()
                    .v1()
                    .subjectAccessReview()
                    .create(review(rule));
            return Optional.ofNullable(reviewed)
                    .map(SubjectAccessReview::getStatus)
                    .map(status -> Boolean.TRUE.equals(status.getAllowed()));
        } catch (KubernetesClientException unanswered) {
            return Optional.empty();
        }
    }

    private static SubjectAccessReview review(IdentityBindingRule rule) {
        ServiceAccountKey account = rule.serviceAccount();
        return new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(account.subject())
                .withGroups(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + account.namespace(),
                        "system:authenticated")
                .withNewResourceAttributes()
                .withGroup(IdentityBindingRule.API_GROUP)
                .withResource(rule.clientId().value())
                .withVerb(IdentityBindingRule.VERB)
                .endResourceAttributes()
                .endSpec()
                .build();
    }
}
