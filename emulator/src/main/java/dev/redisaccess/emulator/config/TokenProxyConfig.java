package dev.redisaccess.emulator.config;

import java.util.List;

/**
 * The token proxy of an AKS cluster, for identity bindings.
 *
 * @param port 0, the default, chooses a free one
 * @param serverName of its certificate, which clients must send as SNI; {@code emulator.ests.aks} by default
 * @param identityBindings the client IDs of the identities that have an identity binding in the cluster
 * @param authorization the ServiceAccounts that may use them; not with {@code kubernetes}
 * @param kubernetes the API server that reviews it instead
 */
public record TokenProxyConfig(
        int port,
        String serverName,
        List<String> identityBindings,
        List<Authorized> authorization,
        Kubernetes kubernetes) {

    public TokenProxyConfig {
        Check.between("port", port, 0, 65_535);
        serverName = serverName == null ? "emulator.ests.aks" : Check.given("serverName", serverName);
        identityBindings = Check.list(identityBindings).stream()
                .map(client -> Check.guid("identityBindings", client))
                .toList();
        authorization = Check.list(authorization);
        if (kubernetes != null && !authorization.isEmpty()) {
            throw new BadField("authorization", "must not be given together with `kubernetes`");
        }
    }

    /**
     * Who may use an identity.
     *
     * @param clientId of the identity
     * @param subjects such as {@code system:serviceaccount:shop:orders}, {@code system:serviceaccounts:shop}
     */
    public record Authorized(String clientId, List<String> subjects) {
        public Authorized {
            clientId = Check.guid("clientId", clientId);
            subjects = Check.list(subjects);
        }
    }

    /**
     * An API server.
     *
     * @param server its URL
     * @param caFile the authority of its certificate, PEM; null: one that the JVM trusts
     * @param tokenFile a token that may create SubjectAccessReviews, read for each request; null: it needs none
     */
    public record Kubernetes(String server, String caFile, String tokenFile) {
        public Kubernetes {
            Check.given("server", server);
        }
    }
}
