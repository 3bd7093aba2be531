package dev.redisaccess.operator.binding;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An access policy assignment, as ARM describes it.
 *
 * @param name its ARM name; ARM compares names without case
 * @param objectId the principal; empty when ARM names something that is not a GUID
 * @param access what it grants, as far as ARM shows it
 * @param state what ARM says of it
 * @param succeededAt when it was seen as Succeeded for the first time; empty if it was so at the first look, which says
 *     nothing about its age
 */
public record Assignment(
        String name,
        Optional<ObjectId> objectId,
        Access access,
        ProvisioningState state,
        Optional<Instant> succeededAt) {

    /** The principals that a change of it concerns: its own, and the one whose own assignment can't have this name meanwhile. */
    public Set<ObjectId> concerned() {
        return Stream.concat(objectId.stream(), OwnerMark.principalOf(name).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same assignment in another state. */
    public Assignment as(ProvisioningState other, Optional<Instant> succeeded) {
        return new Assignment(name, objectId, access, other, succeeded);
    }
}
