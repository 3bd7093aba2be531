package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * Who the workload is, as its token says.
 *
 * @param clientId the application (client) id
 * @param objectId the principal's object id: the name of the Redis user
 * @param tenantId the tenant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IdentityStatus(
        @Size(max = 36) @JsonPropertyDescription("The application (client) id.")
        String clientId,

        @Size(max = 36) @JsonPropertyDescription("The object id of the principal, which is the Redis user's name.")
        String objectId,

        @Size(max = 36) @JsonPropertyDescription("The Entra tenant.")
        String tenantId) {}
