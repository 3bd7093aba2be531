package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;
import java.util.Optional;

/** Which identity is meant: the binding's word, else the ServiceAccount's annotation. */
public final class ClientIdChoice {

    /** The annotation that the workload identity webhook reads. */
    public static final String ANNOTATION = "azure.workload.identity/client-id";

    private ClientIdChoice() {}

    /**
     * @param request the binding
     * @param annotation the ServiceAccount's annotation, if it has one
     */
    public static Parsed<ClientId> choose(BindingRequest request, Optional<String> annotation) {
        if (request.clientId().isPresent()) {
            return Parsed.of(request.clientId().get());
        }
        String account = request.serviceAccount().name();
        if (annotation.filter(text -> !text.isBlank()).isEmpty()) {
            return Parsed.refused(Problem.of(
                    Reason.CLIENT_ID_MISSING,
                    "Which identity is meant? Annotate ServiceAccount '" + account + "' with " + ANNOTATION
                            + ", as the workload identity webhook needs it too, or set `spec.clientId`."));
        }
        return ClientId.parse(annotation.get())
                .map(Parsed::of)
                .orElseGet(() -> Parsed.refused(Problem.of(
                        Reason.CLIENT_ID_INVALID,
                        "The annotation " + ANNOTATION + " of ServiceAccount '" + account
                                + "' must be a GUID: the client id of the identity, not its name or resource id.")));
    }

    /**
     * What is wrong if a pod that reads the published environment would log in as another identity than was proved. In the
     * pod the webhook's AZURE_CLIENT_ID counts before {@code envFrom}; one with a prefix is left to the application.
     *
     * @param proved whose access was proved
     * @param annotation the ServiceAccount's annotation, if it has one
     */
    public static Optional<Problem> mismatch(BindingRequest request, ClientId proved, Optional<String> annotation) {
        Optional<String> other = annotation.filter(text -> !text.isBlank()).filter(text -> !ClientId.parse(text)
                .equals(Optional.of(proved)));
        if (other.isEmpty() || !request.environment().prefix().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Problem.of(
                        Reason.IDENTITY_MISMATCH,
                        "`spec.clientId` is " + proved + ", but ServiceAccount '"
                                + request.serviceAccount().name() + "' is annotated " + ANNOTATION + " '" + other.get()
                                + "': the workload identity webhook would let the pod log in as that one. Make them the same, or"
                                + " set `spec.environment.prefix` and let the application read AZURE_CLIENT_ID with that prefix."));
    }
}
