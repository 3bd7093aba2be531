package dev.redisaccess.emulator.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A principal to which Entra issues tokens. */
public sealed interface Principal {

    /** The application id, which is in token requests. */
    String clientId();

    /** The object id, which is in role assignments and Redis assignments. */
    String objectId();

    List<FederatedCredential> federatedCredentials();

    Optional<Secret> secret();

    /**
     * A user-assigned managed identity.
     *
     * @param kept other fields that were written
     */
    record ManagedIdentity(
            ArmId id,
            String location,
            String clientId,
            String objectId,
            List<FederatedCredential> federatedCredentials,
            Map<String, String> tags,
            StoredFields kept)
            implements Principal {

        public ManagedIdentity {
            federatedCredentials = List.copyOf(federatedCredentials);
            tags = Map.copyOf(tags);
        }

        /** An identity without other fields. */
        public ManagedIdentity(
                ArmId id,
                String location,
                String clientId,
                String objectId,
                List<FederatedCredential> federatedCredentials) {
            this(id, location, clientId, objectId, federatedCredentials, Map.of(), StoredFields.NOTHING);
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
