package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.binding.port.Deadline;
import dev.redisaccess.operator.tls.TlsSessions;
import io.lettuce.core.resource.Transports;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Opens TCP and TLS to every shard, many at the same time, verified for the database's public name, and closes it again. */
final class ShardReachability {

    /** Azure documents the ports 8500 to 8599. More than these are not tried: each try costs memory. */
    static final int MOST_PORTS = 256;

    private static final int AT_ONCE = 32;
    private static final int LAST_PORT = 65535;

    private final EventLoopGroup loops;
    private final TlsSessions tls;

    ShardReachability(EventLoopGroup loops, TlsSessions tls) {
        this.loops = loops;
        this.tls = tls;
    }

    /**
     * The distinct ports of masters and replicas, from {@code CLUSTER SLOTS} (redis.io/commands/cluster-slots): entries of
     * {@code [first, last, [host, port, id, …], …replicas]}. The reported hosts are addresses of the database's own network;
     * clients reach every shard under the database's public name, at the shard's port.
     *
     * @return one more than {@link #MOST_PORTS} of them if there are more; empty if the reply has another shape
     */
    static SortedSet<Integer> ports(List<?> slots) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (Object range : slots) {
            if (range instanceof List<?> fields) {
                fields.stream().skip(2).forEach(node -> addPort(node, ports));
            }
        }
        return ports;
    }

    private static void addPort(Object node, Collection<Integer> ports) {
        if (node instanceof List<?> fields
                && fields.size() > 1
                && fields.get(1) instanceof Number port
                && port.longValue() > 0
                && port.longValue() <= LAST_PORT
                && ports.size() <= MOST_PORTS) {
            ports.add(port.intValue());
        }
    }

    /**
     * Connects to all ports.
     *
     * @param address of the database's public name; it has that name, for SNI and verification
     * @return the failure of each port that could not be reached; a {@link TimeoutException} if the deadline passed
     */
    SortedMap<Integer, Throwable> unreachable(InetAddress address, SortedSet<Integer> ports, Deadline deadline)
            throws InterruptedException {
        SortedMap<Integer, Throwable> failed = new TreeMap<>();
        List<Integer> all = List.copyOf(ports);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            tryAll(address, all.subList(from, Math.min(from + AT_ONCE, all.size())), deadline, failed);
        }
        return failed;
    }

    private void tryAll(
            InetAddress address, List<Integer> ports, Deadline deadline, SortedMap<Integer, Throwable> failed)
            throws InterruptedException {
        Map<Integer, CompletableFuture<Void>> tries = new TreeMap<>();
        ports.forEach(port -> tries.put(port, reach(new InetSocketAddress(address, port))));
        for (Map.Entry<Integer, CompletableFuture<Void>> attempt : tries.entrySet()) {
            try {
                attempt.getValue().get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                failed.put(attempt.getKey(), e.getCause());
            } catch (TimeoutException e) {
                failed.put(attempt.getKey(), e);
            } finally {
                // Also ends a connection attempt that still runs.
                attempt.getValue().cancel(false);
            }
        }
    }

    private CompletableFuture<Void> reach(InetSocketAddress shard) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        AtomicReference<SslHandler> handshaking = new AtomicReference<>();
        ChannelFuture connecting = new Bootstrap()
                .group(loops)
                .channel(Transports.socketChannelClass())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SSLEngine engine = tls.context().createSSLEngine(shard.getHostString(), shard.getPort());
                        engine.setUseClientMode(true);
                        SSLParameters verified = engine.getSSLParameters();
                        verified.setEndpointIdentificationAlgorithm("HTTPS");
                        engine.setSSLParameters(verified);
                        SslHandler handler = new SslHandler(engine);
                        // The deadline of the verification ends it.
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
                // The handshake fails as well then, and must not be reported before its cause.
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
