package dev.redisaccess.emulator.redis;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One port of the front. It is bound first (clients wait in the backlog) and opened when its server has started; it
 * can be closed and bound again on the same port.
 */
final class Listener {
    private static final int AZURE_SHARDS_FROM = 8500;
    private static final int AZURE_SHARDS_TO = 8599;

    private final ServerBootstrap bootstrap;
    private final Reception reception;
    private final InetSocketAddress address;
    private Channel channel;
    private Optional<FullBacklog> dropping = Optional.empty();
    private volatile int serverPort;

    private Listener(EventLoopGroup group, Reception reception, InetSocketAddress wanted) {
        this.reception = reception;
        this.bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        receive(client);
                    }
                });
        this.channel = bind(wanted).orElseThrow(() -> new IllegalStateException("cannot listen on " + wanted));
        this.address = (InetSocketAddress) channel.localAddress();
    }

    /** Binds to a port; 0 chooses a free one. */
    static Listener bind(EventLoopGroup group, Reception reception, InetSocketAddress wanted) {
        return new Listener(group, reception, wanted);
    }

    /** Binds to the first free port of those that Azure gives to shards. */
    static Listener bindAsShard(EventLoopGroup group, Reception reception, String bindAddress) {
        for (int port = AZURE_SHARDS_FROM; port <= AZURE_SHARDS_TO; port++) {
            try {
                return new Listener(group, reception, new InetSocketAddress(bindAddress, port));
            } catch (IllegalStateException e) {
                continue; // in use
            }
        }
        throw new IllegalStateException("There is no free port for a shard.");
    }

    private void receive(SocketChannel client) {
        reception.receive(client, serverPort);
    }

    private Optional<Channel> bind(InetSocketAddress wanted) {
        ChannelFuture bound = bootstrap.bind(wanted).awaitUninterruptibly();
        return bound.isSuccess() ? Optional.of(bound.channel()) : Optional.empty();
    }

    int port() {
        return address.getPort();
    }

    /** Begins to accept connections for a server on this loopback port. */
    synchronized void open(int newServerPort) {
        serverPort = newServerPort;
        channel.config().setAutoRead(true);
    }

    /** Stops listening; open connections stay. */
    synchronized void close() {
        channel.close().awaitUninterruptibly();
    }

    /** Neither accepts nor refuses connections. */
    synchronized void drop() {
        close();
        if (dropping.isEmpty()) {
            dropping = Optional.of(FullBacklog.on(address));
        }
    }

    /** Refuses connections again after {@link #drop()}. */
    synchronized void endDropping() {
        dropping.ifPresent(FullBacklog::close);
        dropping = Optional.empty();
    }

    /** Listens again on the same port after {@link #close()} or {@link #drop()}. */
    synchronized void reopen() {
        endDropping();
        if (!channel.isOpen()) {
            channel = bind(address).orElseThrow(() -> new IllegalStateException("cannot listen again on " + address));
            channel.config().setAutoRead(true);
        }
    }
}
