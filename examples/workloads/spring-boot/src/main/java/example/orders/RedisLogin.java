package example.orders;

import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.ClientOptions.ReauthenticateBehavior;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.internal.HostAndPort;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.MappingSocketAddressResolver;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

/** Adds the login with a token to Spring Boot's own Redis configuration. */
@Configuration(proxyBeanMethods = false)
class RedisLogin {
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService renewals() {
        return Executors.newSingleThreadScheduledExecutor();
    }

    @Bean
    EntraCredentials credentials(
            @Value("${REDIS_USERNAME}") String user,
            @Value("${REDIS_ENTRA_SCOPE}") String scope,
            ScheduledExecutorService renewals) {
        EntraCredentials credentials = new EntraCredentials(
                // AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE and AZURE_AUTHORITY_HOST are read here.
                new WorkloadIdentityCredentialBuilder().disableInstanceDiscovery().build(), user, scope, renewals);
        credentials.start();
        return credentials;
    }

    @Bean
    LettuceClientConfigurationBuilderCustomizer login(EntraCredentials credentials) {
        return client -> client.redisCredentialsProviderFactory(new RedisCredentialsProviderFactory() {
            @Override
            public RedisCredentialsProvider createCredentialsProvider(RedisConfiguration redis) {
                return credentials;
            }
        });
    }

    @Bean
    LettuceClientOptionsBuilderCustomizer renewOnOpenConnections() {
        return options -> {
            options.reauthenticateBehavior(ReauthenticateBehavior.ON_NEW_CREDENTIALS)
                    .sslOptions(SslOptions.builder()
                            .jdkSslProvider()
                            .handshakeTimeout(HANDSHAKE)
                            .build());
            if (options instanceof ClusterClientOptions.Builder cluster) {
                cluster.validateClusterNodeMembership(false);
            } else {
                // Without a connection, commands fail at once. A cluster client would also reject the first ones to a node.
                options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
            }
        };
    }

    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return resources -> resources.reconnectDelay(
                () -> Delay.exponential(Duration.ofMillis(100), Duration.ofSeconds(5), 2, TimeUnit.MILLISECONDS));
    }

    /**
     * With OSSCluster, shards are reported with private addresses, which are in no certificate. They are also reachable at
     * the public name with the shard's port. UNRESOLVED keeps the name for TLS.
     */
    @Bean
    ClientResourcesBuilderCustomizer shardsByPublicName(@Value("${spring.data.redis.host}") String host) {
        return resources -> resources.socketAddressResolver(MappingSocketAddressResolver.create(
                DnsResolvers.UNRESOLVED, reported -> HostAndPort.of(host, reported.getPort())));
    }
}
