package dev.redisaccess.systemtest.scenario;

import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.entra.EntraSettings;
import dev.redisaccess.operator.entra.FederatedWorkloadTokens;
import dev.redisaccess.operator.tls.TlsSessions;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** One connection of a workload, with its own token. It never connects again: a test sees what its session may do. */
final class WorkloadConnection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisClient client;
    private final RedisURI uri;
    private final StatefulRedisConnection<String, String> connection;

    private WorkloadConnection(RedisClient client, RedisURI uri) {
        this.client = client;
        this.uri = uri;
        this.connection = client.connect(uri);
    }

    /** Logs in as the ServiceAccount's identity. */
    static WorkloadConnection of(LocalPlatform platform, Tenant tenant, ManagedIdentity identity, String account) {
        try {
            TrustedAuthorities trusted = TrustedAuthorities.withBundle(
                    Path.of(platform.azure().endpoints().caFile()));
            var sessions = new TlsSessions(trusted, InstantSource.system());
            RedisClient client = RedisClient.create();
            client.setOptions(ClientOptions.builder()
                    .autoReconnect(false)
                    .sslOptions(SslOptions.builder()
                            .jdkSslProvider()
                            .sslContext(context -> context.sslContextProvider(sessions.provider()))
                            .build())
                    .build());
            WorkloadToken token = token(platform, trusted, tenant, identity, account);
            return new WorkloadConnection(
                    client,
                    RedisURI.builder()
                            .withHost("localhost")
                            .withPort(tenant.redis().port())
                            .withSsl(true)
                            .withTimeout(PATIENCE)
                            .withAuthentication(identity.objectId(), token.secret())
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WorkloadToken token(
            LocalPlatform platform,
            TrustedAuthorities trusted,
            Tenant tenant,
            ManagedIdentity identity,
            String account) {
        HttpClient http =
                HttpClient.newBuilder().sslContext(trusted.sslContext()).build();
        EntraSettings entra = new EntraSettings(
                URI.create(platform.azure().endpoints().authority()),
                platform.azure().endpoints().tenantId(),
                EntraSettings.REDIS_SCOPE);
        return new FederatedWorkloadTokens(
                        platform.client(), http, entra, Optional.empty(), Telemetry.NONE, Clock.systemUTC())
                .tokenFor(
                        new Identification.Source(
                                new ServiceAccountKey(tenant.name(), account),
                                "any",
                                ClientId.parse(identity.clientId()).orElseThrow(),
                                Federation.DIRECT),
                        Optional.empty(),
                        PATIENCE)
                .toOptional()
                .orElseThrow();
    }

    RedisCommands<String, String> redis() {
        return connection.sync();
    }

    /** A second connection of the same login, for subscriptions. */
    StatefulRedisPubSubConnection<String, String> subscriber() {
        return client.connectPubSub(uri);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
