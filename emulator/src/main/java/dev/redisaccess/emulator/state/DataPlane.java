package dev.redisaccess.emulator.state;

/** The Redis side, as the state sees it. Called in order, by one thread at a time. */
public interface DataPlane {

    /**
     * Starts the database, or applies changed settings to it.
     *
     * @return the port on which clients reach it
     */
    int up(Database database, String hostName);

    /** Stops the database. */
    void down(ArmId database);

    /** @throws IllegalArgumentException when the access string is invalid */
    void grant(ArmId database, String objectId, String accessString);

    void revoke(ArmId database, String objectId);

    /** Deletes every key of the database. */
    void flush(ArmId database);
}
