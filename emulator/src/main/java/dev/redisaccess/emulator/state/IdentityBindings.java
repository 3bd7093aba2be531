package dev.redisaccess.emulator.state;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The identity bindings of the one emulated AKS cluster, and who may use them. Thread-safe. */
public final class IdentityBindings {

    /** The federated credential that AKS adds to an identity with its first binding. */
    public static final String CREDENTIAL = "aks-identity-binding";

    /** The beginning of the issuer; the tenant's and the identity's IDs follow. */
    public static final String ISSUER = "https://ib.oic.prod-aks.azure.com/";

    /** AKS does not document it: the emulator's own. */
    public static final String SUBJECT = "system:aks:identity-binding";

    private final Set<String> bound = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> subjects = new ConcurrentHashMap<>();

    /** The issuer of the tokens for an identity. */
    public static String issuer(String tenantId, String clientId) {
        return ISSUER + lower(tenantId) + "/" + lower(clientId);
    }

    /** Creates an identity binding. */
    public void bind(String clientId) {
        bound.add(lower(clientId));
    }

    /** Deletes it; the federated credential stays, as in Azure. */
    public void unbind(String clientId) {
        bound.remove(lower(clientId));
    }

    public boolean isBound(String clientId) {
        return bound.contains(lower(clientId));
    }

    /** @param subject a user or a group, as Kubernetes names it */
    public void allow(String clientId, String subject) {
        subjects.computeIfAbsent(lower(clientId), id -> ConcurrentHashMap.newKeySet())
                .add(subject);
    }

    public void forbid(String clientId, String subject) {
        subjects.getOrDefault(lower(clientId), Set.of()).remove(subject);
    }

    /** Whether the table has the ServiceAccount or one of its groups. */
    public boolean allows(String clientId, String subject) {
        Set<String> allowed = subjects.getOrDefault(lower(clientId), Set.of());
        String namespace = subject.split(":", -1)[2];
        return allowed.contains(subject)
                || allowed.contains("system:serviceaccounts:" + namespace)
                || allowed.contains("system:serviceaccounts");
    }

    private static String lower(String clientId) {
        return clientId.toLowerCase(Locale.ROOT);
    }
}
