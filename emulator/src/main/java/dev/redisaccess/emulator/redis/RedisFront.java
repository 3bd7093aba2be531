package dev.redisaccess.emulator.redis;

import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One emulated database: its TLS ports, and the real servers behind them. Thread-safe; a front has one event loop thread.
 * Users stay until they are revoked; nothing survives {@link #close()}.
 */
public final class RedisFront implements AclUsers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisFront.class);

    private final ClosingStack resources;
    private final FrontPorts ports;
    private final ServerUsers users;
    private final ActiveFaults faults;
    private final Sessions sessions;

    private RedisFront(
            ClosingStack resources, FrontPorts ports, ServerUsers users, ActiveFaults faults, Sessions sessions) {
        this.resources = resources;
        this.ports = ports;
        this.users = users;
        this.faults = faults;
        this.sessions = sessions;
    }

    /**
     * Starts the real servers (a Redis Cluster takes about three seconds to form) and then opens the ports. No user may log
     * in until {@link #grant} was called.
     *
     * @param options the database's settings
     * @param policy decides each login
     * @param clock for the expiry of logins; read about ten times a second
     * @throws IllegalStateException when a port is in use, or when there is no {@code redis-server} for this system
     * @throws java.io.UncheckedIOException when a real server does not start
     */
    public static RedisFront start(FrontOptions options, LoginPolicy policy, Clock clock) {
        ClosingStack resources = new ClosingStack();
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

    /** Deletes every key of the database. */
    public void flush() {
        users.flush();
    }

    /** Adds a fault to those in force; one of the same kind is replaced. */
    public synchronized void fault(RedisFault fault) {
        if (fault instanceof RedisFault.ServeCertificate served) {
            Tls.with(served.certificate()); // refuses an invalid one here and not at the first client
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
        LOG.info("Fault in force: {}.", fault.getClass().getSimpleName());
    }

    /** Ends every fault. */
    public synchronized void clearFaults() {
        faults.clear();
        users.deny(List.of());
        ports.reopen();
        LOG.info("All faults ended.");
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
