package dev.redisaccess.emulator.redis;

import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One emulated database: its TLS ports, and the real servers behind them. Thread-safe; a front has one event loop thread.
 * Grants hold until they are revoked; nothing survives {@link #close()}.
 */
public final class RedisFront implements AclUsers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisFront.class);

    private final Closing resources;
    private final FrontPorts ports;
    private final ServerUsers users;
    private final ActiveFaults faults;
    private final Sessions sessions;

    private RedisFront(Closing resources, FrontPorts ports, ServerUsers users, ActiveFaults faults, Sessions sessions) {
        this.resources = resources;
        this.ports = ports;
        this.users = users;
        this.faults = faults;
        this.sessions = sessions;
    }

    /**
     * Starts the real servers (a Redis Cluster takes about three seconds to form) and then opens the ports. Nobody may log
     * in until {@link #grant} was called.
     *
     * @param options what the database is
     * @param policy judges each login
     * @param clock says when a login expires; read about ten times a second
     * @throws IllegalStateException when a port is taken, or when there is no {@code redis-server} for this system
     * @throws java.io.UncheckedIOException when a real server does not start
     */
    public static RedisFront start(FrontOptions options, LoginPolicy policy, Clock clock) {
        Closing resources = new Closing();
        try {
            ActiveFaults faults = new ActiveFaults();
            Sessions sessions = new Sessions(clock);
            Logins logins = new Logins(policy, options.accessKeysEnabled(), faults);
            Reception reception = new Reception(faults, Tls.with(options.certificate()), new Relay(logins, sessions));
            FrontPorts ports = FrontPorts.bind(options, reception);
            resources.add(ports);
            RedisBackends backends = RedisBackends.start(options, ports.shardPorts());
            resources.add(backends);
            ports.open(backends.servers());
            ports.sweep(sessions);
            LOG.info(
                    "database {} ({}) listens on {}:{}",
                    options.name(),
                    options.policy(),
                    options.hostName(),
                    ports.port());
            return new RedisFront(
                    resources, ports, new ServerUsers(backends, logins.internalPassword()), faults, sessions);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /** The database's port. */
    public int port() {
        return ports.port();
    }

    /** The port of each shard, as announced to cluster clients; empty unless the policy is OSSCluster. */
    public List<Integer> shardPorts() {
        return ports.shardPorts();
    }

    @Override
    public void grant(String objectId, String accessString) {
        users.grant(objectId, accessString);
    }

    @Override
    public void revoke(String objectId) {
        users.revoke(objectId);
    }

    /** Takes every key out of the database. */
    public void flush() {
        users.flush();
    }

    /** NamespaceFairQueue a fault on, beside those that are on already; one of the same kind is replaced. */
    public synchronized void fault(RedisFault fault) {
        if (fault instanceof RedisFault.ServeCertificate served) {
            Tls.with(served.certificate()); // refuses an unusable one here and not at the first client
        }
        if (fault instanceof RedisFault.DenyCommands denial) {
            users.deny(denial.commands());
        }
        faults.add(fault);
        if (fault instanceof RedisFault.RefuseConnections) {
            ports.closeAll();
        }
        if (fault instanceof RedisFault.DropPackets) {
            ports.dropAll();
        }
        if (fault instanceof RedisFault.ShardsUnreachable) {
            ports.closeShards();
        }
        LOG.info("fault on: {}", fault.getClass().getSimpleName());
    }

    /** NamespaceFairQueue every fault off. */
    public synchronized void clearFaults() {
        faults.clear();
        users.deny(List.of());
        ports.reopen();
        LOG.info("faults off");
    }

    /** Cuts every open connection, as maintenance does; clients may connect again at once. */
    public void cutConnections() {
        sessions.endAll();
    }

    @Override
    public void close() {
        resources.close();
    }
}
