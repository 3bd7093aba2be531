package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * The principal of the workload, as its Entra token says.
 *
 * @param clientId the application (client) ID
 * @param objectId the principal's object ID: the name of the Redis user
 * @param tenantId the tenant
 * @param federation the way on which the token was exchanged; never {@link Federation#AUTO}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IdentityStatus(
        @Size(max = 36) @JsonPropertyDescription("The application (client) ID.")
        String clientId,

        @Size(max = 36) @JsonPropertyDescription("The object ID of the principal, which is the name of the Redis user.")
        String objectId,

        @Size(max = 36) @JsonPropertyDescription("The Entra tenant.")
        String tenantId,

        @JsonPropertyDescription("The way on which the token was exchanged: `Direct` or `IdentityBinding`.")
        Federation federation) {}
