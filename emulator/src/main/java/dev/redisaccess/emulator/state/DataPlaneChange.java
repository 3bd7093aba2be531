package dev.redisaccess.emulator.state;

/** A change for the Redis side, to be applied in order. */
public sealed interface DataPlaneChange {

    ArmId database();

    /** A database has to run, or to run with other settings. */
    record DatabaseUp(Database settings, String hostName) implements DataPlaneChange {
        @Override
        public ArmId database() {
            return settings.id();
        }
    }

    /** A database was deleted. */
    record DatabaseDown(ArmId database) implements DataPlaneChange {}

    /** A principal has these permissions from now on. */
    record Granted(ArmId database, String objectId, String accessString) implements DataPlaneChange {}

    /** All keys have to be deleted. */
    record Flushed(ArmId database) implements DataPlaneChange {}

    /** A principal has no permissions any more. */
    record Revoked(ArmId database, String objectId) implements DataPlaneChange {}
}
