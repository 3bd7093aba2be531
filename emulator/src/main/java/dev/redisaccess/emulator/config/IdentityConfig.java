package dev.redisaccess.emulator.config;

import dev.redisaccess.emulator.state.ArmId;
import java.util.List;

/** A user-assigned managed identity. */
public record IdentityConfig(
        String resourceId,
        String location,
        String clientId,
        String principalId,
        List<FederatedCredentialConfig> federatedCredentials,
        List<RoleConfig> roles) {

    public IdentityConfig {
        Check.resource("resourceId", resourceId, "Microsoft.ManagedIdentity/userAssignedIdentities");
        location = location == null ? "westus2" : location;
        clientId = Check.guid("clientId", clientId);
        principalId = Check.guid("principalId", principalId);
        federatedCredentials = Check.list(federatedCredentials);
        roles = Check.list(roles);
    }

    public ArmId id() {
        return new ArmId(resourceId);
    }
}
