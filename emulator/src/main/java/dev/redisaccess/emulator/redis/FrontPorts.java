package dev.redisaccess.emulator.redis;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The listening ports of one front and the event loop that serves them. */
final class FrontPorts implements AutoCloseable {
    private static final long SWEEP_MILLIS = 100;
    private static final long SHUTDOWN_SECONDS = 5;

    private final EventLoopGroup group;
    private final List<Listener> shards = new ArrayList<>();
    private final Listener database;

    private FrontPorts(EventLoopGroup group, FrontOptions options, Reception reception) {
        this.group = group;
        this.database = Listener.bind(group, reception, new InetSocketAddress(options.bindAddress(), options.port()));
        if (options.policy() == ClusteringPolicy.OSSCluster) {
            for (int i = 0; i < options.shards(); i++) {
                shards.add(shard(options, reception));
            }
        }
    }

    /** Binds the ports; connections wait until {@link #open}. */
    static FrontPorts bind(FrontOptions options, Reception reception) {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("redis-front-" + options.name(), true), NioIoHandler.newFactory());
        try {
            return new FrontPorts(group, options, reception);
        } catch (RuntimeException e) {
            shutDown(group);
            throw e;
        }
    }

    private Listener shard(FrontOptions options, Reception reception) {
        if (options.port() == 0) {
            return Listener.bind(group, reception, new InetSocketAddress(options.bindAddress(), 0));
        }
        return Listener.bindAsShard(group, reception, options.bindAddress());
    }

    int port() {
        return database.port();
    }

    List<Integer> shardPorts() {
        return shards.stream().map(Listener::port).toList();
    }

    /** Accepts connections: the database's port for the first server, each shard's port for its own. */
    void open(List<RedisProcess> servers) {
        database.open(servers.get(0).port());
        for (int i = 0; i < shards.size(); i++) {
            shards.get(i).open(servers.get(i).port());
        }
    }

    /** Ends expired sessions from now on. */
    void sweep(Sessions sessions) {
        group.scheduleWithFixedDelay(sessions::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    void closeAll() {
        database.close();
        closeShards();
    }

    void dropAll() {
        database.drop();
        shards.forEach(Listener::drop);
    }

    void closeShards() {
        shards.forEach(Listener::close);
    }

    void reopen() {
        database.reopen();
        shards.forEach(Listener::reopen);
    }

    @Override
    public void close() {
        database.endDropping();
        shards.forEach(Listener::endDropping);
        shutDown(group);
    }

    private static void shutDown(EventLoopGroup group) {
        group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
