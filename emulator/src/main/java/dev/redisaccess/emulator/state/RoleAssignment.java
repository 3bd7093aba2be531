package dev.redisaccess.emulator.state;

/**
 * A role that a principal has on a scope and everything below it.
 *
 * @param name the GUID that names the resource
 * @param principalId an object id
 */
public record RoleAssignment(String name, ArmId scope, String principalId, RoleDefinition role) {

    boolean allows(String objectId, String action, ArmId target) {
        return principalId.equalsIgnoreCase(objectId) && target.isWithin(scope) && role.allows(action);
    }
}
