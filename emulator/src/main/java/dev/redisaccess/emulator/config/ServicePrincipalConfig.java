package dev.redisaccess.emulator.config;

import java.util.List;

/**
 * A service principal.
 *
 * @param clientSecret its secret, if it has one
 */
public record ServicePrincipalConfig(
        String clientId,
        String objectId,
        String clientSecret,
        List<FederatedCredentialConfig> federatedCredentials,
        List<RoleConfig> roles) {

    public ServicePrincipalConfig {
        clientId = Check.guid("clientId", clientId);
        objectId = Check.guid("objectId", objectId);
        federatedCredentials = Check.list(federatedCredentials);
        roles = Check.list(roles);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ServicePrincipalConfig[" + clientId + "]";
    }
}
