package dev.redisaccess.emulator.testing;

import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.DataPlane;
import dev.redisaccess.emulator.state.Database;
import java.util.ArrayList;
import java.util.List;

/** Records the changes for the Redis side, one line each. */
public final class FakeDataPlane implements DataPlane {

    public static final int PORT = 10_000;

    /** A database with this port does not start. */
    public static final int BAD_PORT = 1;

    private final List<String> told = new ArrayList<>();

    @Override
    public int up(Database database, String hostName) {
        if (database.port() == BAD_PORT) {
            throw new IllegalStateException("the port is in use");
        }
        told.add("up " + database.id().parent().name() + " " + database.state());
        return database.port() == 0 ? PORT : database.port();
    }

    @Override
    public void down(ArmId database) {
        told.add("down " + database.parent().name());
    }

    @Override
    public void grant(ArmId database, String objectId, String accessString) {
        if (accessString.contains("nonsense")) {
            throw new IllegalArgumentException("no access string");
        }
        told.add("grant " + objectId + " " + accessString);
    }

    @Override
    public void revoke(ArmId database, String objectId) {
        told.add("revoke " + objectId);
    }

    @Override
    public void flush(ArmId database) {
        told.add("flush " + database.parent().name());
    }

    /** The changes since the last call. */
    public List<String> takeTold() {
        List<String> lines = List.copyOf(told);
        told.clear();
        return lines;
    }
}
