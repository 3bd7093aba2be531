package dev.redisaccess.emulator.redis;

/** The users of a database in Redis, one for each access policy assignment. */
public interface AclUsers {
    /**
     * Adds a user, or changes its rules in place, without cutting its sessions.
     *
     * @param objectId the user's name: 1 to 64 letters, digits or dashes
     * @param accessString Redis ACL rules for commands, keys and channels, for example {@code +@read ~cache:*}; channels
     *     are all allowed unless the string has a rule for channels
     * @throws InvalidAccessStringException when Redis does not understand the rules
     */
    void grant(String objectId, String accessString);

    /** Removes a user and cuts its sessions. Does nothing when there is no such user. */
    void revoke(String objectId);
}
