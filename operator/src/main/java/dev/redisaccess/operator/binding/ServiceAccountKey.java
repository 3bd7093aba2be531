package dev.redisaccess.operator.binding;

/**
 * The name of a ServiceAccount.
 *
 * @param namespace its namespace
 * @param name its name
 */
public record ServiceAccountKey(String namespace, String name) {

    /** The subject of its tokens, as Kubernetes writes it and as a federated credential must name it. */
    public String subject() {
        return "system:serviceaccount:" + namespace + ":" + name;
    }
}
