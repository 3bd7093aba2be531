package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * One assignment of a database, in a report.
 *
 * @param objectId the principal; null: Azure reports something that is not a GUID
 * @param assignment its ARM name
 * @param access {@code full}, {@code unknown} where Azure does not show it, or the rule
 * @param kind why it exists
 * @param bindings namespaces and names of the bindings that need it, at most {@value #MOST_BINDINGS}, in order
 * @param bindingCount how many bindings need it, if not all of them are listed
 * @param serviceAccounts namespaces and names of the ServiceAccounts of the listed bindings
 * @param reason the acknowledgement's reason, or a sentence; null: the kind says all
 * @param owner the acknowledgement's owner
 * @param until the acknowledgement's last day
 * @param expiry set if that day is near, or past
 * @param firstSeen when a review first found the assignment, RFC 3339
 * @param since when a review first found it with this kind, RFC 3339
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessEntry(
        @Size(max = 36) @JsonPropertyDescription("The object ID of the principal that has access, as Azure reports it.")
        String objectId,

        @Required @Size(max = 260) @JsonPropertyDescription("The name of the access policy assignment in Azure.")
        String assignment,

        @Size(max = 512)
        @JsonPropertyDescription("What it may do: `full`, `unknown` (Azure does not show it), or the Redis ACL rule.")
        String access,

        @Required
        @JsonPropertyDescription("Why it exists: `Bound`, `Adopted`, `Acknowledged`, `Leftover` or `Unmanaged`.")
        AssignmentKind kind,

        @Size(max = MOST_BINDINGS)
        @JsonPropertyDescription("The RedisAccessBindings that need it, as namespace/name; at most 10.")
        List<@Size(max = 320) String> bindings,

        @Min(1) @JsonPropertyDescription("How many RedisAccessBindings need it, if not all of them are listed.")
        Integer bindingCount,

        @Size(max = MOST_BINDINGS) @JsonPropertyDescription("The ServiceAccounts of these bindings, as namespace/name.")
        List<@Size(max = 320) String> serviceAccounts,

        @Size(max = 512)
        @JsonPropertyDescription("Why it is acknowledged, or what is known of an assignment that is not explained.")
        String reason,

        @Size(max = 128) @JsonPropertyDescription("Who answers for an acknowledged access.")
        String owner,

        @Size(max = 10) @JsonPropertyDescription("The last day of the acknowledgement, in UTC.")
        String until,

        @JsonPropertyDescription("`Soon`: the acknowledgement ends within a week. `Expired`: it has ended.")
        AcknowledgementExpiry expiry,

        @Size(max = 32) @JsonPropertyDescription("When a review first found this assignment.")
        String firstSeen,

        @Size(max = 32) @JsonPropertyDescription("When a review first found it with this kind.")
        String since) {

    /** Bindings that are listed of one assignment. */
    public static final int MOST_BINDINGS = 10;

    /** The same entry with the times of another, or without any. */
    public AccessEntry seen(String first, String kindSince) {
        return new AccessEntry(
                objectId,
                assignment,
                access,
                kind,
                bindings,
                bindingCount,
                serviceAccounts,
                reason,
                owner,
                until,
                expiry,
                first,
                kindSince);
    }

    /** How many bindings need it. */
    public int countOfBindings() {
        return bindingCount != null ? bindingCount : bindings == null ? 0 : bindings.size();
    }
}
