package dev.redisaccess.operator.kubernetes;

import dev.redisaccess.emulator.Endpoints;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.entra.EntraSettings;
import dev.redisaccess.operator.entra.FederatedWorkloadTokens;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** One connection of a workload, with its own token. It never connects again: a test sees what its session may do. */
final class WorkloadConnection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    private WorkloadConnection(RedisClient client, RedisURI uri) {
        this.client = client;
        this.connection = client.connect(uri);
    }

    /** Logs in as the ServiceAccount's identity, of this client and object ID. */
    static WorkloadConnection open(
            KubernetesClient kubernetes,
            Endpoints azure,
            ServiceAccountKey account,
            String clientId,
            String objectId,
            int port) {
        Path authority = Path.of(azure.caFile());
        RedisClient client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .sslOptions(SslOptions.builder()
                        .jdkSslProvider()
                        .trustManager(authority.toFile())
                        .build())
                .build());
        return new WorkloadConnection(
                client,
                RedisURI.builder()
                        .withHost("localhost")
                        .withPort(port)
                        .withSsl(true)
                        .withTimeout(PATIENCE)
                        .withAuthentication(
                                objectId,
                                token(kubernetes, azure, authority, account, clientId)
                                        .secret())
                        .build());
    }

    private static WorkloadToken token(
            KubernetesClient kubernetes, Endpoints azure, Path authority, ServiceAccountKey account, String clientId) {
        HttpClient http;
        try {
            http = HttpClient.newBuilder()
                    .sslContext(TrustedAuthorities.withBundle(authority).sslContext())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EntraSettings entra =
                new EntraSettings(URI.create(azure.authority()), azure.tenantId(), EntraSettings.REDIS_SCOPE);
        return new FederatedWorkloadTokens(kubernetes, http, entra, Optional.empty(), Telemetry.NONE, Clock.systemUTC())
                .tokenFor(
                        new Identification.Source(
                                account, "any", ClientId.parse(clientId).orElseThrow(), Federation.DIRECT),
                        Optional.empty(),
                        PATIENCE)
                .toOptional()
                .orElseThrow();
    }

    RedisCommands<String, String> redis() {
        return connection.sync();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
