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
 * @param objectId the principal; empty if ARM reports something that is not a GUID
 * @param access what it grants, as far as ARM reports it
 * @param state as ARM reports it
 * @param succeededAt when ARM first reported it as Succeeded; empty if it already did at the first reading, from which its age
 *     does not follow
 * @param refusal why Azure refuses its access string, in Azure's words; empty if it does not
 */
public record Assignment(
        String name,
        Optional<ObjectId> objectId,
        Access access,
        ProvisioningState state,
        Optional<Instant> succeededAt,
        Optional<String> refusal) {

    /** One whose access string Azure does not refuse. */
    public Assignment(
            String name,
            Optional<ObjectId> objectId,
            Access access,
            ProvisioningState state,
            Optional<Instant> succeededAt) {
        this(name, objectId, access, state, succeededAt, Optional.empty());
    }

    /** The principals that a change of it concerns: its own, and the one for which an installation would create this name. */
    public Set<ObjectId> concerned() {
        return Stream.concat(objectId.stream(), OwnerMark.principalOf(name).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same assignment in another state. */
    public Assignment as(ProvisioningState other, Optional<Instant> succeeded) {
        return new Assignment(name, objectId, access, other, succeeded, refusal);
    }
}
