package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;
import java.util.Optional;

/**
 * The identity of a binding: the one that its pods will log in as. The workload identity webhook sets
 * {@code AZURE_CLIENT_ID} of a pod to the ServiceAccount's annotation, character by character, and does not set it if that is
 * empty; a variable that it sets takes precedence over {@code envFrom}.
 */
public final class ClientIdChoice {

    /** The annotation that the workload identity webhook reads. */
    public static final String ANNOTATION = "azure.workload.identity/client-id";

    /** The longest value in a message: a GUID, and enough more to recognise another value. */
    static final int MOST_QUOTED = 80;

    private ClientIdChoice() {}

    /**
     * @param request the binding
     * @param annotation the ServiceAccount's annotation, if it has one
     * @return refused if there is none, if the annotation is not a GUID, or if it names another identity than
     *     {@code spec.clientId}; with {@code spec.environment.prefix} the application reads the variable with that prefix,
     *     and the annotation counts only where the binding names no identity
     */
    public static Result<ClientId> choose(BindingRequest request, Optional<String> annotation) {
        Optional<String> injected = annotation.filter(text -> !text.isEmpty());
        if (request.clientId().isPresent() && !request.environment().prefix().isEmpty()) {
            return Result.ok(request.clientId().get());
        }
        if (injected.isEmpty()) {
            return request.clientId().map(Result::ok).orElseGet(() -> Result.failed(missing(request)));
        }
        return Guid.flaw(injected.get())
                .map(flaw -> Result.<ClientId>failed(invalid(request, injected.get(), flaw)))
                .orElseGet(() -> agreed(request, new ClientId(injected.get())));
    }

    private static Result<ClientId> agreed(BindingRequest request, ClientId annotated) {
        return request.clientId()
                .filter(named -> !named.equals(annotated))
                .map(named -> Result.<ClientId>failed(mismatch(request, named, annotated)))
                .orElseGet(() -> Result.ok(annotated));
    }

    private static Problem missing(BindingRequest request) {
        return Problem.of(
                Reason.CLIENT_ID_MISSING,
                "Neither the binding nor ServiceAccount `"
                        + request.serviceAccount().name()
                        + "` names an identity. Annotate the ServiceAccount with `" + ANNOTATION
                        + "`, which the workload identity webhook needs as well, or set `spec.clientId`.");
    }

    private static Problem invalid(BindingRequest request, String annotated, String flaw) {
        return Problem.of(
                Reason.CLIENT_ID_INVALID,
                "The annotation `" + ANNOTATION + "` of ServiceAccount `"
                        + request.serviceAccount().name() + "` must be a GUID, but `"
                        + SafeQuote.quote(annotated, MOST_QUOTED) + "` " + flaw
                        + ". The workload identity webhook copies it unchanged into the pod, and Entra refuses it there."
                        + " Set the annotation to the client ID of the identity, not its name or resource ID, and to"
                        + " nothing else.");
    }

    private static Problem mismatch(BindingRequest request, ClientId named, ClientId annotated) {
        return Problem.of(
                Reason.IDENTITY_MISMATCH,
                "`spec.clientId` is `" + named + "`, but the annotation `" + ANNOTATION + "` of ServiceAccount `"
                        + request.serviceAccount().name() + "` is `" + annotated
                        + "`: the workload identity webhook sets the pod's `AZURE_CLIENT_ID` to the annotation, so the pod"
                        + " would log in as that identity. Make them the same, or set `spec.environment.prefix` and let the"
                        + " application read `AZURE_CLIENT_ID` with that prefix.");
    }
}
