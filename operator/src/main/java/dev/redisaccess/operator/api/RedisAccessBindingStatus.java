package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * What was granted, proved and published. Written on transitions only: a value that changes by itself has no place here.
 *
 * @param observedGeneration the generation of the spec that this status is about
 * @param conditions one per link of the chain, and Ready
 * @param endpoint where the workload connects
 * @param identity who the workload is at Entra, as proved
 * @param assignment the access policy assignment in Azure
 * @param verification what the login that proved access saw
 * @param environment what is published
 * @param binding the Secret of the Service Binding specification; null: there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisAccessBindingStatus(
        @Min(0) @JsonPropertyDescription("The generation of the spec that this status is about.")
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "One condition per link of the chain, and Ready, which is True when all the others are.")
        List<Condition> conditions,

        @JsonPropertyDescription("Where the workload connects.")
        Endpoint endpoint,

        @JsonPropertyDescription("Who the workload is at Entra, as its own token says.")
        IdentityStatus identity,

        @JsonPropertyDescription("The access policy assignment in Azure.")
        AssignmentStatus assignment,

        @JsonPropertyDescription("What the login that first proved access saw.")
        VerificationStatus verification,

        @JsonPropertyDescription("What is published for pods.")
        EnvironmentStatus environment,

        @JsonPropertyDescription("The Secret of the Service Binding specification, if there is one.")
        ServiceBindingStatus binding) {}
