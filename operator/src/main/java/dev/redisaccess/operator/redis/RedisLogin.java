package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.binding.WorkloadToken;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider.ImmediateRedisCredentialsProvider;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One login through the shared client: its credentials, the address that was resolved for it, and the progress of its
 * connection. The credentials are available at once: Lettuce requests them outside of every timeout, even to print a RedisURI
 * (7.7.0).
 */
final class RedisLogin implements ImmediateRedisCredentialsProvider {

    /**
     * The address of a login, from which the handler of its channel finds the login. The address is the only object that
     * Lettuce (7.7.0) passes from a call of {@code connectAsync} to the channel that it opens: a channel has neither the URI nor
     * the credentials provider, and a {@code NettyCustomizer} is called for all channels of the client. A client for each
     * verification would need none of this, and was rejected: it costs eight times as much.
     */
    static final class Address extends InetSocketAddress {
        private static final long serialVersionUID = 1L;
        private final transient RedisLogin login;

        private Address(InetAddress address, int port, RedisLogin login) {
            super(address, port);
            this.login = login;
        }

        RedisLogin login() {
            return login;
        }
    }

    private volatile RedisCredentials credentials;
    private final Address address;
    private volatile Phase phase = Phase.TCP;
    private volatile long securedNanos = System.nanoTime();
    private volatile Channel channel;

    RedisLogin(WorkloadToken token, InetAddress address, int port) {
        this.credentials = RedisCredentials.just(token.principal().objectId().value(), token.secret());
        this.address = new Address(address, port, this);
    }

    @Override
    public RedisCredentials resolveCredentialsNow() {
        return credentials;
    }

    Address address() {
        return address;
    }

    Phase phase() {
        return phase;
    }

    void setChannel(Channel opened) {
        channel = opened;
    }

    void setConnected() {
        phase = Phase.TLS;
    }

    void setSecured() {
        securedNanos = System.nanoTime();
        phase = Phase.LOGIN;
    }

    /** When TLS was established, by {@link System#nanoTime}. */
    long securedNanos() {
        return securedNanos;
    }

    /** Drops the token: after a refused login Lettuce keeps the connection, and this object, in a timer until its timeout (7.7.0). */
    void clearCredentials() {
        credentials = RedisCredentials.just(null, "");
    }

    /** Closes the connection of a login that is not awaited any more. */
    void close() {
        Channel opened = channel;
        if (opened != null) {
            opened.close();
        }
    }

    /** Neither user nor token. */
    @Override
    public String toString() {
        return "RedisLogin[" + phase + "]";
    }
}
