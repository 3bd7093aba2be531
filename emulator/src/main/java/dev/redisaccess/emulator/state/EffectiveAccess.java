package dev.redisaccess.emulator.state;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The principals that may log in to each database at this moment, for the Redis side. Thread-safe. */
public final class EffectiveAccess {

    private record Key(ArmId database, String objectId) {}

    private final Set<Key> allowed = ConcurrentHashMap.newKeySet();

    public boolean allows(ArmId database, String objectId) {
        return allowed.contains(key(database, objectId));
    }

    void grant(ArmId database, String objectId) {
        allowed.add(key(database, objectId));
    }

    void revoke(ArmId database, String objectId) {
        allowed.remove(key(database, objectId));
    }

    private static Key key(ArmId database, String objectId) {
        return new Key(database, objectId.toLowerCase(Locale.ROOT));
    }
}
