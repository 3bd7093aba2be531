package dev.redisaccess.emulator.state;

/** Something that the Redis side has to be told, in order. */
public sealed interface DataPlaneChange {

    ArmId database();

    /** A database is to run, or to run with other settings. */
    record DatabaseUp(Database settings, String hostName) implements DataPlaneChange {
        @Override
        public ArmId database() {
            return settings.id();
        }
    }

    /** A database is gone. */
    record DatabaseDown(ArmId database) implements DataPlaneChange {}

    /** A principal may do this from now on. */
    record Granted(ArmId database, String objectId, String accessString) implements DataPlaneChange {}

    /** Every key is to go. */
    record Flushed(ArmId database) implements DataPlaneChange {}

    /** A principal may do nothing any more. */
    record Revoked(ArmId database, String objectId) implements DataPlaneChange {}
}
