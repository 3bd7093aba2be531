package dev.redisaccess.emulator.redis;

/** The users that may work on a database: what an access policy assignment becomes inside Redis. */
public interface AclUsers {
    /**
     * Lets a user in, or changes in place what it may do, without cutting its sessions.
     *
     * @param objectId the user's name: 1 to 64 letters, digits or dashes
     * @param accessString Redis ACL rules for commands, keys and channels, for example {@code +@read ~cache:*}; channels
     *     are all allowed unless the string names some
     * @throws InvalidAccessStringException when Redis does not understand the rules
     */
    void grant(String objectId, String accessString);

    /** Takes a user away and cuts its sessions. Does nothing when there is no such user. */
    void revoke(String objectId);
}
