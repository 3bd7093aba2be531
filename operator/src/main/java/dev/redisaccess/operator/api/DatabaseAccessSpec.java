package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * Who may have access to a database without a binding, and what is done about everyone else's.
 *
 * @param acknowledged access that the platform team has approved; null: none
 * @param unmanaged what is done about access that other clients granted and nothing explains; null: it is reported
 * @param leftovers what is done about access that this installation granted and no binding needs; null: it is reported
 * @param revocation the limits of revocations; null: the defaults
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabaseAccessSpec(
        @Size(max = 200)
        @JsonPropertyDescription(
                "Access without a binding that is approved, until a day. In a repository under review, an"
                        + " entry is the attestation: who approved it and when is in the commit.")
        List<Acknowledgement> acknowledged,

        @Default("Report")
        @JsonPropertyDescription("What is done about unmanaged assignments. `Report`: they are in the report, and"
                + " `NoUnmanagedAccess` is False. `Revoke`: they are also revoked, within the limits of `revocation`.")
        ExcessPolicy unmanaged,

        @Default("Report")
        @JsonPropertyDescription(
                "The same for leftovers: assignments that this installation created and no binding needs.")
        ExcessPolicy leftovers,

        @JsonPropertyDescription("The limits of revocations. They count for both kinds together.")
        RevocationLimits revocation) {}
