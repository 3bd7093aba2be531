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

    private final List<String> calls = new ArrayList<>();

    @Override
    public int up(Database database, String hostName) {
        if (database.port() == BAD_PORT) {
            throw new IllegalStateException("The port is in use.");
        }
        calls.add("up " + database.id().parent().name() + " " + database.state());
        return database.port() == 0 ? PORT : database.port();
    }

    @Override
    public void down(ArmId database) {
        calls.add("down " + database.parent().name());
    }

    @Override
    public void grant(ArmId database, String objectId, String accessString) {
        if (accessString.contains("nonsense")) {
            throw new IllegalArgumentException("no access string");
        }
        calls.add("grant " + objectId + " " + accessString);
    }

    @Override
    public void revoke(ArmId database, String objectId) {
        calls.add("revoke " + objectId);
    }

    @Override
    public void flush(ArmId database) {
        calls.add("flush " + database.parent().name());
    }

    /** The changes since the last call. */
    public List<String> takeCalls() {
        List<String> lines = List.copyOf(calls);
        calls.clear();
        return lines;
    }
}
