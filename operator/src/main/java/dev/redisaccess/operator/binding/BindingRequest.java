package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.EnvironmentProfile;
import dev.redisaccess.operator.api.Federation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a binding requests, with every default filled in. {@link BindingParser} creates it; no later step reads the spec.
 *
 * @param key the binding
 * @param uid of the object
 * @param databaseName the RedisDatabase
 * @param serviceAccount whose identity is to have access
 * @param clientId the identity, if the binding names it
 * @param federation the way on which its token is exchanged
 * @param verification how access is verified
 * @param environment what is published
 * @param deletionPolicy what happens to the access when the binding is deleted
 * @param accessProfile the name of an access profile of the database; empty: full access
 */
public record BindingRequest(
        BindingKey key,
        String uid,
        String databaseName,
        ServiceAccountKey serviceAccount,
        Optional<ClientId> clientId,
        Federation federation,
        VerificationSettings verification,
        Environment environment,
        DeletionPolicy deletionPolicy,
        Optional<String> accessProfile) {

    /**
     * How access is verified.
     *
     * @param enabled whether a login is made
     * @param period from one successful login to the next, at least 60 s
     * @param timeout of one login, all steps together
     */
    public record VerificationSettings(boolean enabled, Duration period, Duration timeout) {}

    /**
     * What is published.
     *
     * @param configMapName in the binding's namespace
     * @param profiles further names for the same values
     * @param prefix before every variable's name; empty text for none
     * @param serviceBinding whether there is a Secret of the Service Binding specification also
     */
    public record Environment(
            String configMapName, Set<EnvironmentProfile> profiles, String prefix, boolean serviceBinding) {
        public Environment {
            profiles = Set.copyOf(profiles);
        }
    }
}
