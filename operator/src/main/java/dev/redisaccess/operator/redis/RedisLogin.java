package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.binding.WorkloadToken;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider.ImmediateRedisCredentialsProvider;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * One check's way through the shared client: its credentials, the address that was resolved for it, and how far its
 * connection has come. The credentials are there at once: Lettuce asks for them outside of every timeout, even to print a
 * RedisURI (7.7.0).
 */
final class RedisLogin implements ImmediateRedisCredentialsProvider {

    /** A resolved address that a channel handler can lead back to its attempt. */
    static final class Target extends InetSocketAddress {
        private static final long serialVersionUID = 1L;
        private final transient RedisLogin attempt;

        private Target(InetAddress address, int port, RedisLogin attempt) {
            super(address, port);
            this.attempt = attempt;
        }

        RedisLogin attempt() {
            return attempt;
        }
    }

    private volatile RedisCredentials credentials;
    private final Target target;
    private final long started = System.nanoTime();
    private volatile Phase phase = Phase.TCP;
    private volatile long secured = started;
    private volatile Channel channel;

    RedisLogin(WorkloadToken token, InetAddress address, int port) {
        this.credentials = RedisCredentials.just(token.principal().objectId().value(), token.secret());
        this.target = new Target(address, port, this);
    }

    @Override
    public RedisCredentials resolveCredentialsNow() {
        return credentials;
    }

    Target target() {
        return target;
    }

    Phase phase() {
        return phase;
    }

    void connecting(Channel opened) {
        channel = opened;
    }

    void connected() {
        phase = Phase.TLS;
    }

    void secured() {
        secured = System.nanoTime();
        phase = Phase.LOGIN;
    }

    /** From the start to the end of TLS. */
    Duration untilSecured() {
        return Duration.ofNanos(secured - started);
    }

    /** Since the end of TLS. */
    Duration sinceSecured() {
        return Duration.ofNanos(System.nanoTime() - secured);
    }

    /**
     * Lets go of the token. After a refused login Lettuce keeps the connection, and this with it, in a timer until its
     * timeout (7.7.0).
     */
    void forget() {
        credentials = RedisCredentials.just(null, "");
    }

    /** Ends an attempt that nobody waits for any more. */
    void abandon() {
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
