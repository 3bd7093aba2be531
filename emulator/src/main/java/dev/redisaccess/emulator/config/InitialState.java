package dev.redisaccess.emulator.config;

import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.Cluster;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.FederatedCredential;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.emulator.state.Principal.ServicePrincipal;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.emulator.state.RoleAssignment;
import dev.redisaccess.emulator.state.RoleDefinition;
import dev.redisaccess.emulator.state.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Adds the resources of a configuration to a new state, without operations. */
public final class InitialState {

    private final AzureState state;

    private InitialState(AzureState state) {
        this.state = state;
    }

    public static void fill(AzureState state, EmulatorConfig config) {
        InitialState initial = new InitialState(state);
        config.clusters().forEach(initial::cluster);
        config.identities().forEach(initial::identity);
        config.servicePrincipals().forEach(initial::servicePrincipal);
    }

    private void cluster(ClusterConfig config) {
        ArmId id = config.id();
        state.subscriptions().ensureFor(id, "westus2");
        state.redis()
                .restore(new Cluster(
                        id, config.location(), config.sku(), config.hostName(), Map.of(), ProvisioningState.Succeeded));
        for (DatabaseConfig database : config.databases()) {
            state.redis()
                    .restore(new Database(
                            id.child("databases", database.name()),
                            database.port(),
                            database.clusteringPolicy(),
                            database.accessKeysAuthentication().equals("Enabled"),
                            database.shards(),
                            "VolatileLRU",
                            ProvisioningState.Succeeded));
        }
    }

    private void identity(IdentityConfig config) {
        state.subscriptions().ensureFor(config.id(), config.location());
        state.directory()
                .put(new ManagedIdentity(
                        config.id(),
                        config.location(),
                        config.clientId(),
                        config.principalId(),
                        credentials(config.federatedCredentials())));
        config.roles().forEach(role -> assign(config.principalId(), role));
    }

    private void servicePrincipal(ServicePrincipalConfig config) {
        state.directory()
                .add(new ServicePrincipal(
                        config.clientId(),
                        config.objectId(),
                        Optional.ofNullable(config.clientSecret()).map(Secret::new),
                        credentials(config.federatedCredentials())));
        config.roles().forEach(role -> assign(config.objectId(), role));
    }

    private void assign(String objectId, RoleConfig config) {
        RoleDefinition role = config.definition();
        state.subscriptions().ensureFor(config.scopeId(), "westus2");
        state.accessControl().define(role);
        state.accessControl()
                .assign(new RoleAssignment(UUID.randomUUID().toString(), config.scopeId(), objectId, role));
    }

    private static List<FederatedCredential> credentials(List<FederatedCredentialConfig> configs) {
        return configs.stream().map(FederatedCredentialConfig::credential).toList();
    }
}
