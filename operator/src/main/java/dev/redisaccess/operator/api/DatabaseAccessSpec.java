package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * Who may have how much access to a database.
 *
 * @param full whether a binding without a profile gets full access; null: it does
 * @param profiles what bindings can choose instead of full access; null: nothing
 * @param acknowledged access without a binding that the platform team has approved; null: none
 * @param unmanaged what is done about access that other clients granted and nothing explains; null: it is reported
 * @param leftovers what is done about access that this installation granted and no binding needs; null: it is reported
 * @param revocation the limits of revocations; null: the defaults
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabaseAccessSpec(
        @Default("Allowed")
        @JsonPropertyDescription(
                "Whether a binding without `accessProfile` gets full access (`+@all ~*`)."
                        + " `Forbidden`: every binding must name a profile; a binding that has full access keeps it until it does.")
        FullAccess full,

        @Size(max = 16)
        @JsonPropertyDescription("What bindings can choose instead of full access."
                + " A changed profile changes the access of all bindings that use it, without a reconnect.")
        List<AccessProfileSpec> profiles,

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
                "What is done about leftovers: assignments that this installation created and no binding needs."
                        + " `Report` or `Revoke`, as for `unmanaged`.")
        ExcessPolicy leftovers,

        @JsonPropertyDescription("The limits of revocations. They count for both kinds together.")
        RevocationLimits revocation) {

    /** The same with another policy for unmanaged access. */
    public DatabaseAccessSpec withUnmanaged(ExcessPolicy policy) {
        return new DatabaseAccessSpec(full, profiles, acknowledged, policy, leftovers, revocation);
    }

    /** The same with every kind of unexplained access only reported. */
    public DatabaseAccessSpec withoutRevocation() {
        return new DatabaseAccessSpec(
                full, profiles, acknowledged, ExcessPolicy.REPORT, ExcessPolicy.REPORT, revocation);
    }
}
