package dev.redisaccess.emulator.state;

import java.util.List;
import java.util.Optional;

/** Somebody to whom Entra issues tokens. */
public sealed interface Principal {

    /** The application id; callers ask for tokens by it. */
    String clientId();

    /** The object id; roles and Redis assignments go by it. */
    String objectId();

    List<FederatedCredential> federatedCredentials();

    Optional<Secret> secret();

    /** A user-assigned managed identity. */
    record ManagedIdentity(
            ArmId id, String location, String clientId, String objectId, List<FederatedCredential> federatedCredentials)
            implements Principal {

        public ManagedIdentity {
            federatedCredentials = List.copyOf(federatedCredentials);
        }

        @Override
        public Optional<Secret> secret() {
            return Optional.empty();
        }
    }

    /** An application's service principal. */
    record ServicePrincipal(
            String clientId, String objectId, Optional<Secret> secret, List<FederatedCredential> federatedCredentials)
            implements Principal {

        public ServicePrincipal {
            federatedCredentials = List.copyOf(federatedCredentials);
        }
    }
}
