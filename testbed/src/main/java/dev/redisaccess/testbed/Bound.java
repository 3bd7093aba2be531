package dev.redisaccess.testbed;

import java.util.Locale;

/**
 * One binding with its ServiceAccount and an identity in Azure that trusts it.
 *
 * @param namespace that of its database's tenant
 * @param name of the binding and of the ServiceAccount
 * @param database the RedisDatabase
 * @param objectId of the identity
 */
public record Bound(String namespace, String name, String database, String objectId) {

    /** Whether this is the name of the assignment that the operator creates for the identity: it begins with the object ID. */
    public boolean isGrantedBy(String assignmentName) {
        return assignmentName.toLowerCase(Locale.ROOT).startsWith(objectId.replace("-", ""));
    }

    /** Unique in the cluster. */
    public String key() {
        return namespace + "/" + name;
    }
}
