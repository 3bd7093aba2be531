package dev.redisaccess.systemtest.scenario;

import dev.redisaccess.kubernetes.EmbeddedKubernetes;
import dev.redisaccess.launcher.OperatorEnvironment;
import java.net.URI;
import java.util.UUID;

/** The operator's identity in Entra, and an Azure that has it. */
record OperatorIdentity(String tenantId, String clientId, String objectId) {

    static OperatorIdentity random() {
        return new OperatorIdentity(
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString());
    }

    /**
     * The emulator's configuration: this identity, federated with its ServiceAccount, and nothing else yet.
     *
     * @param timing how long Azure takes: fast or recorded
     * @param more one more line, or empty text
     * @param kubernetes where the keys of the cluster's tokens are
     */
    String azure(String timing, String more, URI kubernetes) {
        return """
                tenantId: %s
                timing: %s
                %s
                issuers:
                  - {issuer: "%s", keys: "%s/openid/v1/jwks"}
                identities:
                  - resourceId: /subscriptions/%s/resourceGroups/system/providers/Microsoft.ManagedIdentity/userAssignedIdentities/operator
                    clientId: %s
                    principalId: %s
                    federatedCredentials:
                      - {name: operator, issuer: "%s", subject: "%s"}
                """.formatted(
                        tenantId,
                        timing,
                        more,
                        EmbeddedKubernetes.ISSUER,
                        kubernetes,
                        LocalPlatform.SUBSCRIPTION,
                        clientId,
                        objectId,
                        EmbeddedKubernetes.ISSUER,
                        OperatorEnvironment.SUBJECT);
    }
}
