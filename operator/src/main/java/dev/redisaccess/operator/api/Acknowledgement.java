package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Access without a binding that the platform team has approved.
 *
 * @param objectId the principal, a GUID in lower case: so the API server finds an entry that is there twice
 * @param reason why it has access
 * @param owner who answers for it
 * @param until the last day, in UTC, such as {@code 2027-03-31}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Acknowledgement(
        @Required
        @Size(min = 36, max = 36)
        @ValidationRule(
                value = "self.matches('^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$')",
                message = "`spec.access.acknowledged[].objectId` must be a GUID in lower case: the object ID that"
                        + " `az identity show --query principalId` prints.")
        @JsonPropertyDescription("The object ID of the principal: a GUID in lower case.")
        String objectId,

        @Required @Size(min = 1, max = 256) @JsonPropertyDescription("Why it has access, for the reader of a report.")
        String reason,

        @Required @Size(min = 1, max = 128) @JsonPropertyDescription("The team or person that answers for it.")
        String owner,

        @Required
        @Size(min = 10, max = 10)
        @ValidationRule(
                value = "self.matches('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$')",
                message = "`spec.access.acknowledged[].until` must be a date, such as `2027-03-31`.")
        @JsonPropertyDescription("The last day of the acknowledgement, in UTC, such as `2027-03-31`."
                + " After it, the access counts as unmanaged.")
        String until) {}
