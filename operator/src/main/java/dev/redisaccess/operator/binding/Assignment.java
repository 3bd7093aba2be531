package dev.redisaccess.operator.binding;

import java.time.Instant;
import java.util.Optional;

/**
 * An access policy assignment, as ARM describes it.
 *
 * @param name its ARM name: the object id where we, the portal or Terraform made it, else anything
 * @param objectId who has access; empty when ARM names something that is not a GUID
 * @param policy the access policy: {@code default} is full access, and the only one that the GA API has
 * @param accessString the custom access string of the preview API, if there is one
 * @param state what ARM says of it
 * @param succeededAt when we saw it Succeeded for the first time; empty if it was so when we first looked, which says
 *     nothing about its age
 */
public record Assignment(
        String name,
        Optional<ObjectId> objectId,
        String policy,
        Optional<String> accessString,
        ProvisioningState state,
        Optional<Instant> succeededAt) {

    /** The policy that we grant. */
    public static final String DEFAULT_POLICY = "default";

    /** The access string that the preview API reports for full access. */
    private static final String FULL_ACCESS = "+@all ~*";

    /** The name that we give: the object id, as the portal and Terraform do, so that all three meet on one resource. */
    public static String nameFor(ObjectId objectId) {
        return objectId.value();
    }

    /** Whether it grants what we would grant: the default policy, with no other access string. */
    public boolean grantsFullAccess() {
        return DEFAULT_POLICY.equals(policy)
                && accessString.map(String::strip).map(FULL_ACCESS::equals).orElse(true);
    }
}
