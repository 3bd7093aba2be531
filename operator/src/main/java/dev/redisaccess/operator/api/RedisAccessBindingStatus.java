package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/**
 * What was granted, verified and published. Written on transitions only: no field changes without a transition.
 *
 * @param observedGeneration the generation of the spec that this status is about
 * @param conditions one per step, and Ready
 * @param endpoint what the workload connects to
 * @param identity the principal that Entra identified
 * @param assignment the access policy assignment in Azure
 * @param verification the login that verified access
 * @param environment what is published
 * @param binding the Secret of the Service Binding specification; null: there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisAccessBindingStatus(
        @Min(0) @JsonPropertyDescription("The generation of the spec that this status is about.")
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "One condition per step, and `Ready`, which is `True` when all the others are; a disabled verification is not counted.")
        List<Condition> conditions,

        @JsonPropertyDescription("The host name and port that the workload connects to.")
        Endpoint endpoint,

        @JsonPropertyDescription("The principal that Entra identified from the workload's own token.")
        IdentityStatus identity,

        @JsonPropertyDescription("The access policy assignment in Azure.")
        AssignmentStatus assignment,

        @JsonPropertyDescription("The login that first verified access.")
        VerificationStatus verification,

        @JsonPropertyDescription("What is published for pods.")
        EnvironmentStatus environment,

        @JsonPropertyDescription("The Secret of the Service Binding specification, if there is one.")
        ServiceBindingStatus binding) {

    /** The status of a binding; without any field if it has none. */
    public static RedisAccessBindingStatus of(RedisAccessBinding binding) {
        return Optional.ofNullable(binding.getStatus())
                .orElseGet(() -> new RedisAccessBindingStatus(null, null, null, null, null, null, null, null));
    }
}
