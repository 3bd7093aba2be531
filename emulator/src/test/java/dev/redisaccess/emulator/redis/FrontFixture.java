package dev.redisaccess.emulator.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** A front with a real server behind it, its clock, its policy, and clients that verify its certificate. */
final class FrontFixture implements AutoCloseable {
    static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    final MovableClock clock = new MovableClock();
    final FakeLoginPolicy policy = new FakeLoginPolicy(clock);
    final TestCertificates certificates = new TestCertificates();
    final ClientResources resources = DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .build();
    final RedisClient client = RedisClient.create(resources);
    final RedisFront front;

    private FrontFixture(Path directory, ClusteringPolicy clustering, int shards, boolean accessKeys) {
        FrontOptions options = new FrontOptions(
                "orders",
                "127.0.0.1",
                0,
                "localhost",
                clustering,
                shards,
                certificates.serverFor("localhost"),
                accessKeys,
                directory);
        front = RedisFront.start(options, policy, clock);
        client.setOptions(clientOptions(ProtocolVersion.RESP3));
    }

    static FrontFixture start(Path directory) {
        return new FrontFixture(directory, ClusteringPolicy.NoCluster, 1, false);
    }

    static FrontFixture start(Path directory, ClusteringPolicy clustering, int shards) {
        return new FrontFixture(directory, clustering, shards, false);
    }

    static FrontFixture startWithAccessKeys(Path directory) {
        return new FrontFixture(directory, ClusteringPolicy.EnterpriseCluster, 1, true);
    }

    ClientOptions clientOptions(ProtocolVersion version) {
        return ClientOptions.builder()
                .autoReconnect(false)
                .protocolVersion(version)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .sslOptions(sslOptions())
                .build();
    }

    SslOptions sslOptions() {
        return SslOptions.builder()
                .jdkSslProvider()
                .trustManager(certificates.trust())
                .handshakeTimeout(TIMEOUT)
                .build();
    }

    /** A user with full access. */
    String newUser() {
        String objectId = UUID.randomUUID().toString();
        front.grant(objectId, "+@all ~*");
        return objectId;
    }

    StatefulRedisConnection<String, String> connect(String user, String password) {
        return client.connect(uri(user, password).build());
    }

    /** Connects as a user with a token that lasts an hour. */
    StatefulRedisConnection<String, String> connect(String user) {
        return connect(user, policy.issue(user, HOUR));
    }

    RedisURI.Builder uri(String user, String password) {
        return RedisURI.builder()
                .withHost("localhost")
                .withPort(front.port())
                .withSsl(true)
                .withTimeout(TIMEOUT)
                .withAuthentication(user, password.toCharArray());
    }

    RawClient raw() throws IOException {
        return RawClient.connect(socketFactory(), front.port());
    }

    SSLSocketFactory socketFactory() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, certificates.trust().getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        front.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
        resources.shutdown(0, 5, java.util.concurrent.TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
