package dev.redisaccess.operator.binding;

/**
 * The permission by which a ServiceAccount may use an identity binding: AKS reviews it in each exchange
 * (learn.microsoft.com/azure/aks/identity-bindings).
 *
 * @param serviceAccount that uses the identity
 * @param clientId of the identity, which is the name of the resource in the rule
 */
public record IdentityBindingRule(ServiceAccountKey serviceAccount, ClientId clientId) {

    public static final String API_GROUP = "cid.wi.aks.azure.com";

    public static final String VERB = "use-managed-identity";

    /** The rule of a ClusterRole. */
    public String rule() {
        return "{apiGroups: [" + API_GROUP + "], resources: [\"" + clientId + "\"], verbs: [" + VERB + "]}";
    }

    /** The ClusterRole and the ClusterRoleBinding: one line of YAML for {@code kubectl apply -f -}, some 600 characters. */
    public String manifest() {
        String role = "use-mi-" + clientId;
        String group = "rbac.authorization.k8s.io";
        return "{apiVersion: v1, kind: List, items: [{apiVersion: " + group
                + "/v1, kind: ClusterRole, metadata: {name: "
                + role + "}, rules: [" + rule() + "]}, {apiVersion: " + group
                + "/v1, kind: ClusterRoleBinding, metadata: {name: " + role + "-" + serviceAccount.namespace() + "-"
                + serviceAccount.name() + "}, roleRef: {apiGroup: " + group + ", kind: ClusterRole, name: " + role
                + "}, subjects: [{kind: ServiceAccount, namespace: " + serviceAccount.namespace() + ", name: "
                + serviceAccount.name() + "}]}]}";
    }
}
