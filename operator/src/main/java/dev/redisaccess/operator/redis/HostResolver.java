package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.binding.port.Deadline;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** DNS, with the client's own resolver: it does not block a thread, and tells "no such name" from "no answer". */
final class HostResolver {

    private final ClientResources resources;
    private final EventLoopGroup loops;

    HostResolver(ClientResources resources, EventLoopGroup loops) {
        this.resources = resources;
        this.loops = loops;
    }

    /** The first address, IPv4 before IPv6; it carries the name that was asked for. */
    InetAddress resolve(String host, int port, Deadline deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        Future<? extends SocketAddress> answer = resources
                .addressResolverGroup()
                .getResolver(loops.next())
                .resolve(InetSocketAddress.createUnresolved(host, port));
        try {
            SocketAddress found = answer.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            return InetAddress.getByAddress(
                    host, ((InetSocketAddress) found).getAddress().getAddress());
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address of a wrong length", e);
        } finally {
            answer.cancel(false);
        }
    }
}
