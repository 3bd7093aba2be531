package dev.redisaccess.emulator.state;

import java.util.Optional;

/**
 * An {@code accessPolicyAssignments} resource.
 *
 * @param objectId the principal that may log in; not checked against the directory, as on Azure
 * @param accessString its permissions, when written with an api-version that has this field
 * @param revision grows with every write, so that a late effect of an older write is recognized
 * @param refusal Redis' error for the access string, if the assignment failed because of that
 */
public record Assignment(
        ArmId id,
        String objectId,
        Optional<String> accessString,
        ProvisioningState state,
        long revision,
        Optional<String> refusal) {

    /** The permissions of the policy {@code default}. */
    public static final String FULL_ACCESS = "+@all ~*";

    Assignment(ArmId id, String objectId, Optional<String> accessString, ProvisioningState state, long revision) {
        this(id, objectId, accessString, state, revision, Optional.empty());
    }

    Assignment in(ProvisioningState other) {
        return new Assignment(id, objectId, accessString, other, revision);
    }

    Assignment refused(String why) {
        return new Assignment(id, objectId, accessString, ProvisioningState.Failed, revision, Optional.of(why));
    }

    Assignment at(ArmId other) {
        return new Assignment(other, objectId, accessString, state, revision, refusal);
    }

    public ArmId database() {
        return id.parent();
    }

    /** The principal's permissions, as rules of {@code ACL SETUSER}. */
    public String effectiveAccessString() {
        return accessString.orElse(FULL_ACCESS);
    }
}
