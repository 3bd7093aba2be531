package dev.redisaccess.quickstart.workload;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.event.connection.ReauthenticationEvent;
import io.lettuce.core.event.connection.ReauthenticationFailedEvent;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.time.OffsetDateTime;

/** A client that follows renewals of its credentials. */
final class LettuceSession implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI uri;
    private final Report report;

    LettuceSession(PodEnvironment environment, EntraCredentials credentials, Report report) {
        this.report = report;
        // Two threads each are the least that Lettuce takes, and plenty for one connection.
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
        this.uri = RedisURI.builder()
                .withHost(environment.host())
                .withPort(environment.port())
                .withSsl(true)
                .withTimeout(TIMEOUT)
                .withAuthentication(credentials)
                .build();
        this.client = RedisClient.create(resources, uri);
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider().handshakeTimeout(TIMEOUT);
        environment.caFile().ifPresent(file -> tls.trustManager(file.toFile()));
        client.setOptions(ClientOptions.builder()
                .sslOptions(tls.build())
                .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
                .reauthenticateBehavior(ClientOptions.ReauthenticateBehavior.ON_NEW_CREDENTIALS)
                .build());
        reportRenewals(credentials);
    }

    private void reportRenewals(EntraCredentials credentials) {
        resources.eventBus().get().subscribe(event -> {
            // On its subscription Lettuce authenticates once more with the token that it logged in with: no renewal.
            if (event instanceof ReauthenticationEvent && credentials.renewals() > 0) {
                report.ok(
                        "RENEWED",
                        "number=" + credentials.renewals(),
                        "expires=" + credentials.expires().toInstant());
            } else if (event instanceof ReauthenticationFailedEvent failed) {
                report.refused("RENEWED", "error=" + Refusal.of(failed.getCause()));
            }
        });
    }

    /** Logs in on a new connection. */
    StatefulRedisConnection<String, String> connect() {
        return client.connect();
    }

    /** Logs in and says as whom, and until when the token is good. */
    StatefulRedisConnection<String, String> login(OffsetDateTime expires) {
        StatefulRedisConnection<String, String> connection = connect();
        report.ok(
                "LOGIN",
                "user=" + connection.sync().aclWhoami(),
                "client=" + connection.sync().clientId(),
                "expires=" + expires.toInstant());
        return connection;
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, TIMEOUT);
        resources.shutdown(0, TIMEOUT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
    }
}
