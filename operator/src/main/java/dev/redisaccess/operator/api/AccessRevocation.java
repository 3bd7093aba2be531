package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A revocation of access that nothing explained, recorded before it is requested from Azure.
 *
 * @param objectId the principal
 * @param assignment its ARM name
 * @param kind leftover or unmanaged
 * @param since when a review first found it with this kind, RFC 3339
 * @param at when the revocation was decided, RFC 3339
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessRevocation(
        @Size(max = 36) @JsonPropertyDescription("The object ID of the principal.")
        String objectId,

        @Required @Size(max = 260) @JsonPropertyDescription("The name of the assignment in Azure.")
        String assignment,

        @JsonPropertyDescription("`Leftover` or `Unmanaged`.")
        AssignmentKind kind,

        @Size(max = 32) @JsonPropertyDescription("Since when it was reported with this kind.")
        String since,

        @Required @Size(max = 32) @JsonPropertyDescription("When the revocation was decided.")
        String at) {}
