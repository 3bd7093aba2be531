package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import java.util.Locale;
import java.util.Optional;

/** The federation that a binding requests, as far as its spec and its ServiceAccount decide it. */
public final class FederationChoice {

    /**
     * The annotation by which pods use an identity binding. The workload identity webhook reads that of the pod; on a
     * ServiceAccount it says the same for all of its pods.
     */
    public static final String ANNOTATION = "azure.workload.identity/use-identity-binding";

    private FederationChoice() {}

    /**
     * @param request the binding
     * @param annotation the ServiceAccount's annotation, if it has one; anything but {@code true} and {@code false} is ignored,
     *     as the webhook does
     * @param tokenProxy whether the operator has a token proxy
     * @return {@link Federation#AUTO} if only the cluster's authorization of the ServiceAccount can decide; refused if the
     *     binding requires an identity binding where the operator has no token proxy
     */
    public static Result<Federation> choose(BindingRequest request, Optional<String> annotation, boolean tokenProxy) {
        return switch (request.federation()) {
            case DIRECT -> Result.ok(Federation.DIRECT);
            case IDENTITY_BINDING ->
                tokenProxy ? Result.ok(Federation.IDENTITY_BINDING) : Result.failed(disabled("`spec.federation`"));
            case AUTO -> annotated(request, annotation.orElse(""), tokenProxy);
        };
    }

    private static Result<Federation> annotated(BindingRequest request, String annotation, boolean tokenProxy) {
        return switch (annotation.toLowerCase(Locale.ROOT)) {
            case "false" -> Result.ok(Federation.DIRECT);
            case "true" ->
                tokenProxy
                        ? Result.ok(Federation.IDENTITY_BINDING)
                        : Result.failed(disabled("The annotation `" + ANNOTATION + "` of ServiceAccount `"
                                + request.serviceAccount().name() + "`"));
            default -> Result.ok(tokenProxy ? Federation.AUTO : Federation.DIRECT);
        };
    }

    private static Problem disabled(String requiredBy) {
        return Problem.of(
                Reason.IDENTITY_BINDINGS_DISABLED,
                requiredBy + " requires an identity binding, but the operator has no token proxy: the variable"
                        + " `AZURE_KUBERNETES_TOKEN_PROXY` is not set in its pod. The platform team must install the chart"
                        + " with `identityBindings.enabled=true`, on an AKS cluster that has identity bindings; or set"
                        + " `spec.federation` to `Direct`, and add a federated credential for this ServiceAccount.");
    }
}
