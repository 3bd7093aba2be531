package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.binding.port.Deadline;
import io.lettuce.core.resource.Transports;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;

/** Opens TCP and TLS to every shard at the same time, verified for the database's public name, and closes it again. */
final class ShardReachability {

    private final EventLoopGroup loops;
    private final SslContext tls;

    ShardReachability(EventLoopGroup loops, SslContext tls) {
        this.loops = loops;
        this.tls = tls;
    }

    /**
     * Tries all ports.
     *
     * @param host the public name, for SNI and verification
     * @param address what it resolved to
     * @return what was wrong, for each port that could not be reached; a {@link TimeoutException} if the deadline passed
     */
    SortedMap<Integer, Throwable> unreachable(
            String host, InetAddress address, SortedSet<Integer> ports, Deadline deadline) throws InterruptedException {
        Map<Integer, CompletableFuture<Void>> tries = new TreeMap<>();
        ports.forEach(port -> tries.put(port, reach(host, new InetSocketAddress(address, port))));
        SortedMap<Integer, Throwable> failed = new TreeMap<>();
        for (Map.Entry<Integer, CompletableFuture<Void>> attempt : tries.entrySet()) {
            try {
                attempt.getValue().get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                failed.put(attempt.getKey(), e.getCause());
            } catch (TimeoutException e) {
                failed.put(attempt.getKey(), e);
            } finally {
                // Ends the connection of a try that is still under way, too.
                attempt.getValue().cancel(false);
            }
        }
        return failed;
    }

    private CompletableFuture<Void> reach(String host, InetSocketAddress shard) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        AtomicReference<SslHandler> handshaking = new AtomicReference<>();
        ChannelFuture connecting = new Bootstrap()
                .group(loops)
                .channel(Transports.socketChannelClass())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler handler = tls.newHandler(channel.alloc(), host, shard.getPort());
                        SSLParameters verified = handler.engine().getSSLParameters();
                        verified.setEndpointIdentificationAlgorithm("HTTPS");
                        handler.engine().setSSLParameters(verified);
                        // The check's deadline ends it.
                        handler.setHandshakeTimeoutMillis(0);
                        channel.pipeline().addLast(handler);
                        handshaking.set(handler);
                    }
                })
                .connect(shard);
        connecting.addListener(end -> {
            if (end.isSuccess()) {
                handshaking.get().handshakeFuture().addListener(done -> settle(reached, done.cause()));
            } else {
                // The handshake fails too then, and must not be faster than the reason for it.
                settle(reached, end.cause());
            }
        });
        reached.whenComplete((ok, failure) -> connecting.channel().close());
        return reached;
    }

    private static void settle(CompletableFuture<Void> reached, Throwable failure) {
        if (failure == null) {
            reached.complete(null);
        } else {
            reached.completeExceptionally(failure);
        }
    }
}
