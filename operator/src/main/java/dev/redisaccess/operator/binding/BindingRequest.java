package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.EnvironmentProfile;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a binding asks for, with every default filled in. Made by {@link BindingParser}; nothing after it sees the spec.
 *
 * @param key the binding
 * @param uid the very object
 * @param databaseName the RedisDatabase
 * @param serviceAccount whose identity gets access
 * @param clientId the identity, if the binding names it
 * @param verification how access is proved
 * @param environment what is published
 * @param deletionPolicy what happens at the end
 */
public record BindingRequest(
        BindingKey key,
        String uid,
        String databaseName,
        ServiceAccountKey serviceAccount,
        Optional<ClientId> clientId,
        VerificationSettings verification,
        Environment environment,
        DeletionPolicy deletionPolicy) {

    /**
     * How access is proved.
     *
     * @param enabled whether it is
     * @param period from one successful check to the next, at least 60 s
     * @param timeout of one check, all steps together
     */
    public record VerificationSettings(boolean enabled, Duration period, Duration timeout) {}

    /**
     * What is published.
     *
     * @param configMapName in the binding's namespace
     * @param profiles further names for the same values
     * @param prefix before every variable's name; empty text for none
     * @param serviceBinding whether there is a Secret of the Service Binding specification, too
     */
    public record Environment(
            String configMapName, Set<EnvironmentProfile> profiles, String prefix, boolean serviceBinding) {
        public Environment {
            profiles = Set.copyOf(profiles);
        }
    }
}
