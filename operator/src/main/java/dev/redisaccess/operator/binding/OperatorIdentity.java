package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;
import java.util.Optional;

/**
 * The operator's own identity in Entra and in the cluster. A workload must be in the same tenant, and must have another
 * identity.
 *
 * @param tenant in which tokens are exchanged
 * @param clientId of the operator's identity; empty where its credential needs none
 * @param serviceAccount of the operator's pod; empty: not known
 */
public record OperatorIdentity(
        TenantId tenant, Optional<ClientId> clientId, Optional<ServiceAccountKey> serviceAccount) {

    /** The annotation that the workload identity webhook copies into the pod as {@code AZURE_TENANT_ID}. */
    public static final String TENANT_ANNOTATION = "azure.workload.identity/tenant-id";

    /** What is wrong if the binding is for the operator's own ServiceAccount. */
    public Optional<Problem> refuse(ServiceAccountKey account) {
        return serviceAccount
                .filter(account::equals)
                .map(own -> Problem.of(
                        Reason.OPERATOR_IDENTITY,
                        "ServiceAccount `" + own.name() + "` in namespace `"
                                + own.namespace()
                                + "` is the operator's own, and the operator grants itself no access. Run the workload"
                                + " with a ServiceAccount and an identity of its own."));
    }

    /** What is wrong if the binding is for the operator's own identity. */
    public Optional<Problem> refuse(ClientId workload) {
        return clientId.filter(workload::equals)
                .map(own -> Problem.of(
                        Reason.OPERATOR_IDENTITY,
                        "The client ID `" + own + "` is the operator's own, and the operator grants itself no access:"
                                + " the workload would also have the operator's rights in Azure. Create an identity for"
                                + " the workload, and use its client ID."));
    }

    /**
     * What is wrong if a pod would log in at another tenant.
     *
     * @param account whose annotation it is
     * @param annotation {@link #TENANT_ANNOTATION}, if the ServiceAccount has it
     */
    public Optional<Problem> otherTenant(ServiceAccountKey account, Optional<String> annotation) {
        return annotation
                .filter(text -> !TenantId.parse(text).equals(Optional.of(tenant)))
                .map(text -> Problem.of(
                        Reason.IDENTITY_MISMATCH,
                        "The annotation `" + TENANT_ANNOTATION + "` of ServiceAccount `" + account.name() + "` "
                                + difference(text) + ", but the operator exchanges tokens in the tenant `" + tenant
                                + "`. The workload identity webhook copies the annotation unchanged into the pod as"
                                + " `AZURE_TENANT_ID`, so the pod's own login would fail or be of another identity. Remove"
                                + " the annotation, or set it to that tenant."));
    }

    private static String difference(String annotated) {
        return Guid.flaw(annotated)
                .map(flaw -> annotated.isBlank()
                        ? flaw
                        : "is `" + SafeQuote.quote(annotated, ClientIdChoice.MOST_QUOTED) + "`, which " + flaw)
                .orElse("is `" + annotated + "`");
    }

    /**
     * What is wrong if an exchanged token is for another identity than was requested.
     *
     * @param asked the client ID in the request
     * @param answered of the token: its claims {@code appid} or {@code azp}, {@code oid}, {@code tid}
     */
    public Optional<Problem> otherIdentity(ClientId asked, Principal answered) {
        if (!answered.tenantId().equals(tenant)) {
            return Optional.of(otherToken("the tenant", answered.tenantId(), tenant));
        }
        if (!answered.clientId().equals(asked)) {
            return Optional.of(otherToken("the client ID", answered.clientId(), asked));
        }
        return Optional.empty();
    }

    private static Problem otherToken(String what, Record answered, Record asked) {
        return Problem.of(
                Reason.IDENTITY_MISMATCH,
                "Entra issued a token with " + what + " `" + answered + "` where `" + asked
                        + "` was requested. Check `AZURE_AUTHORITY_HOST` and `AZURE_TENANT_ID` of the operator.");
    }
}
