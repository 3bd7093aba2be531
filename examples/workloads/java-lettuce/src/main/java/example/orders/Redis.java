package example.orders;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.ClientOptions.ReauthenticateBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.internal.HostAndPort;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.MappingSocketAddressResolver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects with the client that REDIS_CLUSTER_POLICY requires. */
final class Redis {
    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private Redis() {}

    static RedisClusterCommands<String, String> connect(
            Map<String, String> environment, RedisCredentialsProvider credentials) {
        String host = environment.get("REDIS_HOSTNAME");
        RedisURI uri = RedisURI.builder()
                .withHost(host)
                .withPort(Integer.parseInt(environment.get("REDIS_PORT")))
                .withSsl(true)
                .withAuthentication(credentials)
                .withTimeout(TIMEOUT)
                .build();
        return "OSSCluster".equals(environment.get("REDIS_CLUSTER_POLICY")) ? cluster(host, uri) : single(uri);
    }

    private static RedisClusterCommands<String, String> single(RedisURI uri) {
        RedisClient client = RedisClient.create(logged(resources().build()), uri);
        // Without a connection, commands fail at once. A cluster client would also reject the first ones to a node.
        client.setOptions(with(ClientOptions.builder())
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        return client.connect().sync();
    }

    /**
     * Shards are reported with private addresses, which are in no certificate. They are also reachable at the public name
     * with the shard's port. UNRESOLVED keeps the name for TLS.
     */
    private static RedisClusterCommands<String, String> cluster(String host, RedisURI uri) {
        ClientResources resources = resources()
                .socketAddressResolver(MappingSocketAddressResolver.create(
                        DnsResolvers.UNRESOLVED, reported -> HostAndPort.of(host, reported.getPort())))
                .build();
        RedisClusterClient client = RedisClusterClient.create(logged(resources), uri);
        // By default Lettuce also refreshes the topology on MOVED, ASK and lost connections.
        ClusterTopologyRefreshOptions refresh = ClusterTopologyRefreshOptions.builder()
                .dynamicRefreshSources(false)
                .enablePeriodicRefresh(Duration.ofMinutes(1))
                .build();
        ClusterClientOptions.Builder options = ClusterClientOptions.builder()
                .validateClusterNodeMembership(false)
                .topologyRefreshOptions(refresh);
        with(options);
        client.setOptions(options.build());
        return client.connect().sync();
    }

    private static ClientResources.Builder resources() {
        return ClientResources.builder()
                .reconnectDelay(
                        () -> Delay.exponential(Duration.ofMillis(100), Duration.ofSeconds(5), 2, TimeUnit.MILLISECONDS));
    }

    /** Logs why a connection could not be opened again: commands only report that there is none. */
    private static ClientResources logged(ClientResources resources) {
        resources.eventBus().get().subscribe(event -> {
            if (event instanceof ReconnectFailedEvent failed) {
                LOG.warn("no connection to Redis: {}", error(failed.getCause()));
            }
        });
        return resources;
    }

    /** The first word of Redis' error, such as WRONGPASS; else the class, because messages may quote what was sent. */
    private static String error(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException error) {
                return error.getMessage().split(" ", 2)[0];
            }
        }
        return failure.getClass().getSimpleName();
    }

    private static ClientOptions.Builder with(ClientOptions.Builder options) {
        return options.reauthenticateBehavior(ReauthenticateBehavior.ON_NEW_CREDENTIALS)
                .sslOptions(SslOptions.builder()
                        .jdkSslProvider()
                        .handshakeTimeout(TIMEOUT)
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(TIMEOUT));
    }
}
