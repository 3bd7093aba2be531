package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.binding.port.Deadline;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** DNS, with the client's own resolver: it blocks no thread, and distinguishes a missing name from a missing answer. */
final class HostResolver {

    private final ClientResources resources;
    private final EventLoopGroup loops;

    HostResolver(ClientResources resources, EventLoopGroup loops) {
        this.resources = resources;
        this.loops = loops;
    }

    /** The first address, IPv4 before IPv6. It has the host name, which TLS verifies. */
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

    /**
     * The address for the message of a connection that fails, such as {@code the public address `20.1.2.3`}: the usual cause is
     * a missing private DNS zone.
     */
    static String describe(InetAddress address) {
        return "the " + (isPrivate(address) ? "private" : "public") + " address `" + address.getHostAddress() + "`";
    }

    /** RFC 1918, unique local IPv6 (RFC 4193), link-local and loopback. */
    private static boolean isPrivate(InetAddress address) {
        return address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    }
}
