package dev.redisaccess.emulator.state;

import java.util.Optional;

/**
 * A role that a principal has on a scope and everything below it.
 *
 * @param name the GUID that names the resource
 * @param principalId an object id
 * @param kept further fields: {@code principalType}, {@code description}, {@code condition} and such
 * @param written empty for an assignment of the initial state
 */
public record RoleAssignment(
        String name,
        ArmId scope,
        String principalId,
        RoleDefinition role,
        StoredFields kept,
        Optional<AuditFields> written) {

    /** An assignment without other fields. */
    public RoleAssignment(String name, ArmId scope, String principalId, RoleDefinition role) {
        this(name, scope, principalId, role, StoredFields.NOTHING, Optional.empty());
    }

    boolean allows(String objectId, String action, ArmId target) {
        return principalId.equalsIgnoreCase(objectId) && target.isWithin(scope) && role.allows(action);
    }
}
