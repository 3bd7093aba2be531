package dev.redisaccess.emulator;

import dev.redisaccess.emulator.redis.ClusteringPolicy;
import dev.redisaccess.emulator.redis.FrontOptions;
import dev.redisaccess.emulator.redis.LoginPolicy;
import dev.redisaccess.emulator.redis.RedisFront;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.DataPlane;
import dev.redisaccess.emulator.state.Database;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Runs one Redis front per database. */
final class RedisDataPlane implements DataPlane, AutoCloseable {

    /**
     * Options of every front.
     *
     * @param certificate of all host names
     */
    record Settings(String bindAddress, KeyStore certificate, Path workDirectory) {}

    /** A front, its settings and its users. */
    private record Running(RedisFront front, Database database, Map<String, String> users) {
        private boolean serves(Database other) {
            return database.accessKeys() == other.accessKeys()
                    && database.clusteringPolicy().equals(other.clusteringPolicy())
                    && database.shards() == other.shards();
        }
    }

    private final Settings settings;
    private final Function<ArmId, LoginPolicy> policies;
    private final Clock clock;
    private final Map<ArmId, Running> running = new LinkedHashMap<>();

    RedisDataPlane(Settings settings, Function<ArmId, LoginPolicy> policies, Clock clock) {
        this.settings = settings;
        this.policies = policies;
        this.clock = clock;
    }

    /** The front of a database, while it runs. */
    synchronized Optional<RedisFront> front(ArmId database) {
        return Optional.ofNullable(running.get(database)).map(Running::front);
    }

    /** Changed settings restart the front on its port, which cuts all connections, as on Azure. */
    @Override
    public synchronized int up(Database database, String hostName) {
        Running before = running.get(database.id());
        if (before != null && before.serves(database)) {
            return before.front().port();
        }
        int port = database.port();
        Map<String, String> users = new LinkedHashMap<>();
        if (before != null) {
            port = before.front().port();
            users.putAll(before.users());
            down(database.id());
        }
        FrontOptions options = new FrontOptions(
                database.cluster().name() + "." + database.id().name(),
                settings.bindAddress(),
                port,
                hostName,
                ClusteringPolicy.valueOf(database.clusteringPolicy()),
                database.shards(),
                settings.certificate(),
                database.accessKeys(),
                settings.workDirectory());
        RedisFront front = RedisFront.start(options, policies.apply(database.id()), clock);
        users.forEach(front::grant);
        if (database.accessKeys()) {
            front.grant(LoginPolicy.KEY_USER, Assignment.FULL_ACCESS);
        }
        running.put(database.id(), new Running(front, database, users));
        return front.port();
    }

    @Override
    public synchronized void down(ArmId database) {
        Running gone = running.remove(database);
        if (gone != null) {
            gone.front().close();
        }
    }

    @Override
    public synchronized void grant(ArmId database, String objectId, String accessString) {
        Running target = running.get(database);
        if (target != null) {
            target.front().grant(aclUser(objectId), accessString);
            target.users().put(aclUser(objectId), accessString);
        }
    }

    @Override
    public synchronized void revoke(ArmId database, String objectId) {
        Running target = running.get(database);
        if (target != null) {
            target.users().remove(aclUser(objectId));
            target.front().revoke(aclUser(objectId));
        }
    }

    @Override
    public synchronized void flush(ArmId database) {
        front(database).ifPresent(RedisFront::flush);
    }

    /** Redis compares user names with case, Azure compares object ids without. */
    private static String aclUser(String objectId) {
        return objectId.toLowerCase(Locale.ROOT);
    }

    @Override
    public synchronized void close() {
        running.values().forEach(each -> each.front().close());
        running.clear();
    }
}
