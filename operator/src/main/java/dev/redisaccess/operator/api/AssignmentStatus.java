package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * The access policy assignment.
 *
 * @param name its ARM name
 * @param origin whether this installation created it
 * @param provisioningState as ARM last reported
 * @param access what it grants: {@code full}, or its access string in one spelling; null where ARM does not report it, or while
 *     it is being created or changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AssignmentStatus(
        @Size(max = 260) @JsonPropertyDescription("The name of the assignment in Azure.")
        String name,

        @JsonPropertyDescription("`Created`: by this operator, and revoked with its last binding."
                + " `Adopted`: it existed before, and stays.")
        AssignmentOrigin origin,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The state that Azure last reported: `Creating`, `Updating`, `Succeeded`, `Failed`, `Deleting`.")
        String provisioningState,

        @Size(max = 1024)
        @JsonPropertyDescription(
                "What Azure reports that it grants: `full`, or the access string of the access profile."
                        + " Absent where Azure does not report it, and while it is being created or changed.")
        String access) {}
