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
}
