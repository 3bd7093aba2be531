package dev.redisaccess.emulator.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody to whom Entra issues tokens. */
public sealed interface Principal {

    /** The application id; callers ask for tokens by it. */
    String clientId();

    /** The object id; roles and Redis assignments go by it. */
    String objectId();

    List<FederatedCredential> federatedCredentials();

    Optional<Secret> secret();

    /**
     * A user-assigned managed identity.
     *
     * @param kept what else was written
     */
    record ManagedIdentity(
            ArmId id,
            String location,
            String clientId,
            String objectId,
            List<FederatedCredential> federatedCredentials,
            Map<String, String> tags,
            Kept kept)
            implements Principal {

        public ManagedIdentity {
            federatedCredentials = List.copyOf(federatedCredentials);
            tags = Map.copyOf(tags);
        }

        /** An identity of which nothing else was written. */
        public ManagedIdentity(
                ArmId id,
                String location,
                String clientId,
                String objectId,
                List<FederatedCredential> federatedCredentials) {
            this(id, location, clientId, objectId, federatedCredentials, Map.of(), Kept.NOTHING);
        }

        /** A copy with other credentials. */
        ManagedIdentity with(List<FederatedCredential> credentials) {
            return new ManagedIdentity(id, location, clientId, objectId, credentials, tags, kept);
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
