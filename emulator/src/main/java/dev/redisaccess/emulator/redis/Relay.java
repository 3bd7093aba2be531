package dev.redisaccess.emulator.redis;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Joins a client's connection to one to a real server. */
final class Relay {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final Logins logins;
    private final Sessions sessions;

    Relay(Logins logins, Sessions sessions) {
        this.logins = logins;
        this.sessions = sessions;
    }

    /**
     * Connects to the server, and only then begins to read from the client, so that no bytes have to be buffered.
     *
     * @param client a new connection that is not read from yet
     * @param serverPort the loopback port of the real server
     * @param tls ends TLS; empty for a plaintext port
     * @param faults those of some commands
     */
    void join(Channel client, int serverPort, Optional<Tls> tls, List<RedisFault.OfCommands> faults) {
        new Bootstrap()
                .group(client.eventLoop()) // both ends on one thread: no hand-over between threads
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ToClient(client))
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort))
                .addListener((ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        begin(client, connected.channel(), tls, faults);
                    } else {
                        client.close();
                    }
                });
    }

    private void begin(Channel client, Channel server, Optional<Tls> tls, List<RedisFault.OfCommands> faults) {
        if (!client.isActive()) {
            server.close();
            return;
        }
        tls.ifPresent(each -> each.addTo(client));
        if (!faults.isEmpty()) {
            client.pipeline().addLast(new CommandFaults(faults));
        }
        client.pipeline().addLast(new CommandDecoder(), new ToServer(server, sessions.begin(client), logins));
        client.config().setAutoRead(true);
    }

    static void closeAfterWrites(Channel channel) {
        if (channel.isActive()) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
