package dev.redisaccess.operator.redis;

import java.net.Inet6Address;
import java.net.InetAddress;

/** What DNS said, for the message of a connection that then failed: the usual cause is a missing private DNS zone. */
final class ResolvedHost {

    private ResolvedHost() {}

    /** Such as {@code the public address 20.1.2.3}. */
    static String describe(InetAddress address) {
        return (isPrivate(address) ? "the private address " : "the public address ") + address.getHostAddress();
    }

    /** RFC 1918, unique local IPv6 (RFC 4193), link-local and loopback. */
    static boolean isPrivate(InetAddress address) {
        return address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    }
}
