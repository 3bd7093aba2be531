package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.port.Verifier;
import dev.redisaccess.operator.tls.TlsSessions;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Transports;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Verifies with Lettuce. One client, two threads for connections and two for the rest, for any number of verifications: a
 * client for each costs eight times as much, and starts and ends threads. Safe for use by many threads.
 */
public final class LettuceVerifier implements Verifier, AutoCloseable {

    /** Longer than the deadline of any verification, which is what counts: Lettuce has no timeouts for one connection. */
    static final Duration BEYOND_ANY_DEADLINE = Duration.ofSeconds(120);

    private static final int THREADS = 2;

    private final ClientResources resources;
    private final EventLoopGroup loops;
    private final RedisClient client;
    private final TlsSessions sessions;

    /** @param authorities that may sign a server's certificate */
    public LettuceVerifier(TrustedAuthorities authorities) {
        this(authorities, ClientResources.builder());
    }

    /** @param more the resources to build on, such as another DNS resolver */
    public LettuceVerifier(TrustedAuthorities authorities, ClientResources.Builder more) {
        this.sessions = new TlsSessions(authorities, InstantSource.system());
        this.resources = more.ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .socketAddressResolver(ConnectionTrace.resolver())
                .nettyCustomizer(new ConnectionTrace())
                // Otherwise histograms of every command and address are kept forever: measured 24 MiB with 20
                // databases.
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
        this.loops = resources.eventLoopGroupProvider().allocate(Transports.eventLoopGroupClass());
        this.client = RedisClient.create(resources);
        client.setOptions(options(sessions));
    }

    @Override
    public Result<Login> verify(
            Endpoint endpoint,
            ClusteringPolicy policy,
            WorkloadToken token,
            Optional<AccessString> rule,
            Duration timeout) {
        Result<Login> result = new VerificationRun(
                        client,
                        new HostResolver(resources, loops),
                        new ShardReachability(loops, sessions),
                        endpoint,
                        timeout)
                .run(policy, token, rule);
        if (result.toProblem().isPresent()) {
            sessions.forget(endpoint.host());
        }
        return result;
    }

    /** Ends every connection and thread. */
    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.eventLoopGroupProvider().release(loops, 0, 2, TimeUnit.SECONDS);
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private static ClientOptions options(TlsSessions sessions) {
        return ClientOptions.builder()
                .autoReconnect(false)
                .pingBeforeActivateConnection(false)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(BEYOND_ANY_DEADLINE)
                        .build())
                .sslOptions(SslOptions.builder()
                        .jdkSslProvider()
                        .sslContext(context -> context.sslContextProvider(sessions.provider()))
                        .handshakeTimeout(BEYOND_ANY_DEADLINE)
                        .build())
                // Lettuce 7.0 and newer: with a server that does not answer the command, the login would not end.
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .build();
    }
}
