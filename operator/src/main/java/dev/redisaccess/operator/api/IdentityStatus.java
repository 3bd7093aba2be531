package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Who the workload is, as its token says.
 *
 * @param clientId the application (client) id
 * @param objectId the principal's object id: the name of the Redis user
 * @param tenantId the tenant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IdentityStatus(
        @JsonPropertyDescription("The application (client) id.")
        String clientId,

        @JsonPropertyDescription("The object id of the principal, which is the Redis user's name.")
        String objectId,

        @JsonPropertyDescription("The Entra tenant.") String tenantId) {}
