package dev.redisaccess.operator.status;

import dev.redisaccess.operator.binding.OthersWords;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Why Kubernetes did not do what was asked, in its own words. Pure. */
public final class KubernetesWords {

    /** Room for the names in a refusal, and for what an admission webhook has to say. */
    private static final int LONGEST_QUOTE = 400;

    private KubernetesWords() {}

    /** For a message: what the API server said, else why it was not reached, else the bare status code. */
    public static String of(KubernetesClientException refusal) {
        return OthersWords.quote(
                Optional.ofNullable(refusal.getStatus())
                        .map(Status::getMessage)
                        .or(() -> Optional.ofNullable(refusal.getCause()).map(Throwable::toString))
                        .orElse("HTTP " + refusal.getCode()),
                LONGEST_QUOTE);
    }
}
